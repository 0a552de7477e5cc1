using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ScaleFunctions.App.Hosting.Git;

/// <summary>The objects of a repository, loose or packed, its own or borrowed. Each is checked against its name when it is read.</summary>
/// <param name="directory">The directory <c>objects</c>.</param>
internal sealed class GitObjects(string directory)
{
    /// <summary>Commits and trees are far smaller, and nothing else is read.</summary>
    public const int Largest = 16 * 1024 * 1024;

    /// <summary>Repositories that borrow of others that borrow of others.</summary>
    private const int MostLenders = 5;

    private const int LongestHead = 64;

    /// <summary>The object of a name.</summary>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or something else under its name.</exception>
    public GitObject Read(string hash)
    {
        var read = Find(hash, depth: 0) ?? throw new FileNotFoundException($"the object {hash} is not there; a shallow or partial clone may lack it");
        return GitHash.Of(read.Kind, read.Content, hash.Length) == hash ? read : throw new InvalidDataException($"the object {hash} is not what its name says");
    }

    /// <summary>Exactly so many bytes of what is compressed from here on.</summary>
    public static byte[] Inflate(Stream compressed, int size)
    {
        using var plain = new ZLibStream(compressed, CompressionMode.Decompress, leaveOpen: true);
        var content = new byte[size];
        plain.ReadExactly(content);
        return content;
    }

    private GitObject? Find(string hash, int depth, int lent = 0)
    {
        var loose = Path.Combine(directory, hash[..2], hash[2..]);
        if (File.Exists(loose))
        {
            return Loose(loose);
        }

        var packs = Path.Combine(directory, "pack");
        foreach (var index in Directory.Exists(packs) ? Directory.GetFiles(packs, "*.idx") : [])
        {
            if (new GitPack(index, (name, deeper) => Find(name, deeper, lent)).Find(hash, depth) is { } packed)
            {
                return packed;
            }
        }

        var lenders = Path.Combine(directory, "info", "alternates");
        return lent < MostLenders && File.Exists(lenders)
            ? File.ReadLines(lenders).Where(line => line.Length > 0 && line[0] != '#')
                .Select(lender => new GitObjects(Path.Combine(directory, lender)).Find(hash, depth, lent + 1)).FirstOrDefault(found => found is not null)
            : null;
    }

    /// <summary>Kind, a space, the size, a zero, the content; all of it compressed.</summary>
    private static GitObject Loose(string file)
    {
        using var compressed = File.OpenRead(file);
        using var plain = new ZLibStream(compressed, CompressionMode.Decompress);
        var head = new StringBuilder();
        while (plain.ReadByte() is var next and > 0)
        {
            if (head.Append((char)next).Length > LongestHead)
            {
                throw new InvalidDataException($"{file} is no object");
            }
        }

        if ($"{head}".Split(' ') is not [var kind, var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size > Largest)
        {
            throw new InvalidDataException($"{file} is no object, or too large a one");
        }

        var content = new byte[size];
        plain.ReadExactly(content);
        return new GitObject(kind, content);
    }
}
