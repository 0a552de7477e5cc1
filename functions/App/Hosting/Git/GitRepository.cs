using System.Text;
using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Hosting.Git;

/// <summary>
/// Tells which commit a checkout is at, and what a commit holds. It reads files and nothing else: no program is started, nothing
/// that a repository configures is looked at, and nothing is fetched.
/// </summary>
internal sealed class GitRepository
{
    /// <summary>As deep as policy files are looked for.</summary>
    private const int Depth = 16;

    private readonly string _place;
    private readonly string _git;
    private readonly string _common;
    private readonly string[] _prefix;
    private readonly GitObjects _objects;

    private GitRepository(string place, string root, string full, string git)
    {
        (_place, _git) = (place, git);
        var common = Path.Combine(git, "commondir");
        _common = File.Exists(common) ? Path.GetFullPath(Path.Combine(git, File.ReadAllText(common).Trim())) : git;
        _prefix = Path.GetRelativePath(root, full) is not "." and var path ? path.Split(Path.DirectorySeparatorChar) : [];
        _objects = new GitObjects(Path.Combine(_common, "objects"));
    }

    /// <summary>Opens the repository that a directory is a checkout of, or lies in one.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static GitRepository Open(string directory) => Try(directory, () =>
    {
        var full = Path.TrimEndingDirectorySeparator(new DirectoryInfo(directory).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(directory));
        for (var root = full; root is not null; root = Path.GetDirectoryName(root))
        {
            var git = Path.Combine(root, ".git");
            if (Directory.Exists(git))
            {
                return new GitRepository(directory, root, full, git);
            }

            // A work tree beside others, or a repository in another one, says where its own is.
            if (File.Exists(git) && File.ReadAllText(git).Trim() is ['g', 'i', 't', 'd', 'i', 'r', ':', .. var elsewhere])
            {
                return new GitRepository(directory, root, full, Path.GetFullPath(Path.Combine(root, elsewhere.Trim())));
            }
        }

        throw new UserErrorException($"policies are pinned to a commit, and {directory} is no Git checkout, nor does it lie in one; put the checkout there, or take ScaleFunctions__PolicyCommit out of the app settings");
    });

    /// <summary>The commit that is checked out.</summary>
    /// <exception cref="UserErrorException">It cannot be told.</exception>
    public string Head() => Try(_place, () =>
    {
        var text = File.ReadAllText(Path.Combine(_git, "HEAD")).Trim();
        for (var hop = 0; hop < 5 && text is ['r', 'e', 'f', ':', .. var named]; hop++)
        {
            text = Reference(named.Trim()) ?? throw new FileNotFoundException($"{named.Trim()} names no commit");
        }

        return GitHash.Is(text) ? text : throw new InvalidDataException("its HEAD names no commit");
    });

    /// <summary>The files below the directory that a commit holds, each by its path from there, with its hash.</summary>
    /// <exception cref="UserErrorException">They cannot be told.</exception>
    public IReadOnlyDictionary<string, string> Files(string commit, Func<string, bool> isWanted) => Try(_place, () =>
    {
        var tree = Tree(commit);
        foreach (var name in _prefix)
        {
            tree = Entries(tree).FirstOrDefault(entry => entry.IsTree && entry.Name == name)?.Hash
                ?? throw new FileNotFoundException($"commit {commit} holds no directory {string.Join('/', _prefix)}");
        }

        Dictionary<string, string> files = new(StringComparer.Ordinal);
        Walk(tree, "", Depth, isWanted, files);
        return files;
    });

    private string? Reference(string name)
    {
        if (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal))
        {
            throw new InvalidDataException("its HEAD names no branch");
        }

        foreach (var file in new[] { Path.Combine(_git, name), Path.Combine(_common, name) })
        {
            if (File.Exists(file))
            {
                return File.ReadAllText(file).Trim();
            }
        }

        var packed = Path.Combine(_common, "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed).Where(line => line.EndsWith($" {name}", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]).FirstOrDefault()
            : null;
    }

    private string Tree(string commit)
    {
        var read = _objects.Read(commit);
        var first = Encoding.UTF8.GetString(read.Content).Split('\n', 2)[0];
        return read.Kind == "commit" && first is ['t', 'r', 'e', 'e', ' ', .. var tree] && GitHash.Is(tree)
            ? tree
            : throw new InvalidDataException($"{commit} is a {read.Kind} and no commit");
    }

    private IReadOnlyList<GitTreeEntry> Entries(string tree) => GitTreeEntry.ReadAll(_objects.Read(tree), tree.Length);

    private void Walk(string tree, string path, int depth, Func<string, bool> isWanted, Dictionary<string, string> files)
    {
        foreach (var entry in Entries(tree))
        {
            if (entry.IsFile && isWanted(entry.Name))
            {
                files[path + entry.Name] = entry.Hash;
            }
            else if (entry.IsTree && depth > 0)
            {
                Walk(entry.Hash, $"{path}{entry.Name}/", depth - 1, isWanted, files);
            }
        }
    }

    private static T Try<T>(string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the Git checkout {place} cannot be read: {exception.Message} Let this account read it, or check the commit out anew.", exception);
        }
    }
}
