namespace ScaleFunctions.Security.Tests;

/// <summary>What a process listens on, from /proc.</summary>
internal static class Sockets
{
    /// <summary>The addresses as the kernel writes them: 127.0.0.1 is 0100007F.</summary>
    public static IReadOnlyList<string> ListeningAddresses(int process)
    {
        var sockets = Directory.GetFiles($"/proc/{process}/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(link => link.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(link => link["socket:[".Length..^1])
            .ToHashSet();
        return
        [
            .. new[] { "tcp", "tcp6" }
                .SelectMany(table => File.ReadLines($"/proc/{process}/net/{table}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields[3] == "0A" && sockets.Contains(fields[9]))
                .Select(fields => fields[1].Split(':')[0]),
        ];
    }
}
