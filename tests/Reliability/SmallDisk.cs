using System.Diagnostics;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// A disk of a few mebibytes in memory, mounted for a test: it can be filled to the last byte and made read-only, which no permission
/// does to root. Whoever may not mount has none.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _filler;

    private SmallDisk(string path) => (Path, _filler) = (path, System.IO.Path.Combine(path, "filler"));

    public string Path { get; }

    /// <returns>The disk, or why there is none.</returns>
    public static (SmallDisk? Disk, string Problem) TryMount(int mebibytes)
    {
        var path = Directory.CreateTempSubdirectory("scalefunctions-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m,mode=0777", "scalefunctions", path) is not { Length: > 0 } problem)
        {
            return (new SmallDisk(path), "");
        }

        Directory.Delete(path);
        return (null, problem);
    }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var file = new FileStream(_filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // No space left on device.
        }
    }

    public void Free() => File.Delete(_filler);

    /// <exception cref="InvalidOperationException">A file on it is open for writing, for example.</exception>
    public void SetReadOnly(bool isReadOnly)
    {
        if (Run("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", Path) is { Length: > 0 } problem)
        {
            throw new InvalidOperationException(problem);
        }
    }

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    /// <returns>What went wrong; empty when nothing did.</returns>
    private static string Run(params string[] command)
    {
        string[] asRoot = Environment.UserName == "root" ? command : ["sudo", "--non-interactive", .. command];
        using var process = Process.Start(new ProcessStartInfo(asRoot[0], asRoot[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : $"{string.Join(' ', command)}: {errors.Trim()}";
    }
}
