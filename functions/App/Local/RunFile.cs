using System.Text.Json;
using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Local;

/// <summary>What a local run tells verbs of other processes: where its simulated Azure is, and how to know it.</summary>
internal sealed record RunFile(int ProcessId, int SandboxPort, string SandboxThumbprint, string Policies)
{
    private const string Name = "run.json";

    public static RunFile? Read(string directory)
    {
        var file = Path.Combine(directory, Name);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), LocalJson.Default.RunFile) : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            // Half-written by a process that was killed: as good as no file.
            return null;
        }
    }

    public static void Remove(string directory) => File.Delete(Path.Combine(directory, Name));

    public void Write(string directory)
    {
        try
        {
            File.WriteAllText(Path.Combine(directory, Name), JsonSerializer.Serialize(this, LocalJson.Default.RunFile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{Path.Combine(directory, Name)} cannot be written: {exception.Message} Free some space, or name another directory with --state.", exception);
        }
    }
}
