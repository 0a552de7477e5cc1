using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Storage;

/// <summary>Checks that a state directory is there and on a disk of this machine.</summary>
internal static class LocalDirectory
{
    // Locks and shared memory between processes do not hold on these: two workers would both believe they are alone.
    private static readonly HashSet<string> NetworkFileSystems = new(StringComparer.OrdinalIgnoreCase)
    {
        "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "virtiofs", "afs", "ceph", "glusterfs",
        "lustre", "gpfs", "beegfs", "davfs", "davfs2", "ncpfs", "ocfs2", "gfs2", "vboxsf", "vmhgfs",
    };

    /// <summary>The full path, with symbolic links followed.</summary>
    /// <param name="directory">The state directory.</param>
    /// <param name="mountTable">Text in the form of <c>/proc/mounts</c>; read from the system when absent.</param>
    /// <exception cref="StateStoreException">It is missing, or on a network file system.</exception>
    public static string Require(string directory, string? mountTable = null)
    {
        var path = Path.GetFullPath(directory);
        if (!Directory.Exists(path))
        {
            throw new StateStoreException(
                $"The state directory {path} does not exist. Create it, or name another directory with --state.");
        }

        path = FollowLinks(path);
        if (NetworkFileSystemOf(path, mountTable) is { } fileSystem)
        {
            throw new StateStoreException(
                $"The state directory {path} is on a network file system ({fileSystem}), where file locks do not keep two "
                + "workers apart. Name a directory on a local disk with --state, or keep the state in Azure Tables.");
        }

        return path;
    }

    private static string? NetworkFileSystemOf(string path, string? mountTable)
    {
        if (mountTable is null && !OperatingSystem.IsLinux())
        {
            return new DriveInfo(path).DriveType == DriveType.Network ? "network drive" : null;
        }

        var type = FileSystemOf(path, mountTable ?? File.ReadAllText("/proc/mounts"));
        return type is not null && (NetworkFileSystems.Contains(type) || type.StartsWith("fuse.", StringComparison.Ordinal))
            ? type
            : null;
    }

    /// <summary>The type of the innermost mount that holds the path; of two mounts on one point the later hides the earlier.</summary>
    private static string? FileSystemOf(string path, string mountTable)
    {
        string? type = null;
        var longest = -1;
        foreach (var line in mountTable.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(' ');
            if (fields.Length < 3)
            {
                continue;
            }

            var mount = Unescape(fields[1]).TrimEnd('/');
            if (mount.Length >= longest && (path == mount || path.StartsWith($"{mount}/", StringComparison.Ordinal)))
            {
                (type, longest) = (fields[2], mount.Length);
            }
        }

        return type;
    }

    // The kernel writes space, tab, line feed and backslash of a mount point as octal.
    private static string Unescape(string field) => field
        .Replace(@"\040", " ", StringComparison.Ordinal)
        .Replace(@"\011", "\t", StringComparison.Ordinal)
        .Replace(@"\012", "\n", StringComparison.Ordinal)
        .Replace(@"\134", @"\", StringComparison.Ordinal);

    private static string FollowLinks(string path)
    {
        var resolved = Path.GetPathRoot(path)!;
        foreach (var part in path[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            resolved = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true) is { } target ? FollowLinks(target.FullName) : next;
        }

        return resolved;
    }
}
