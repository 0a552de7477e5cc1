using System.Text;

namespace ScaleFunctions.App.Hosting.Git;

/// <summary>What a tree holds under a name.</summary>
/// <param name="Mode">In octal digits.</param>
/// <param name="Name">Without the path to it.</param>
/// <param name="Hash">The object.</param>
internal sealed record GitTreeEntry(string Mode, string Name, string Hash)
{
    public bool IsTree => Mode == "40000";

    /// <summary>Whether it is a file, and no link or other repository.</summary>
    public bool IsFile => Mode.StartsWith("100", StringComparison.Ordinal);

    /// <summary>For each entry the mode, a space, the name, a zero, and the bytes of the hash.</summary>
    /// <exception cref="InvalidDataException">It is no tree.</exception>
    public static IReadOnlyList<GitTreeEntry> ReadAll(GitObject tree, int hashDigits)
    {
        if (tree.Kind != "tree")
        {
            throw new InvalidDataException($"a {tree.Kind} stands where a tree should");
        }

        List<GitTreeEntry> entries = [];
        var rest = tree.Content.AsSpan();
        while (rest.Length > 0)
        {
            var (space, zero) = (rest.IndexOf((byte)' '), rest.IndexOf((byte)0));
            if (space < 0 || zero < space || rest.Length < zero + 1 + (hashDigits / 2))
            {
                throw new InvalidDataException("a tree ends in the middle");
            }

            entries.Add(new GitTreeEntry(
                Encoding.ASCII.GetString(rest[..space]), Encoding.UTF8.GetString(rest[(space + 1)..zero]), Convert.ToHexStringLower(rest.Slice(zero + 1, hashDigits / 2))));
            rest = rest[(zero + 1 + (hashDigits / 2))..];
        }

        return entries;
    }
}
