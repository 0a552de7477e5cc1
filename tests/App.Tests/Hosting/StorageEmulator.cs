using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Azurite on free ports, with nothing on disk.</summary>
internal sealed partial class StorageEmulator : IDisposable
{
    /// <summary>A cold start on a busy machine took 5 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private StorageEmulator(Process process, IReadOnlyDictionary<string, string> addresses) => (_process, TablePort, ConnectionString) = (
        process,
        new Uri(addresses["Table"]).Port,
        // The emulator's well-known account and key, the same on every machine.
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
            + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
            + $"QueueEndpoint={addresses["Queue"]}/devstoreaccount1;TableEndpoint={addresses["Table"]}/devstoreaccount1;");

    public string ConnectionString { get; }

    public int TablePort { get; }

    /// <summary>Starts it, or skips the test when it is not installed.</summary>
    public static async Task<StorageEmulator> StartAsync()
    {
        var script = Script();
        Assert.SkipWhen(script is null, "Azurite is not installed: run tests/run once, or npm ci --prefix tests");
        var process = Process.Start(new ProcessStartInfo(
            "node",
            [
                script!, "--inMemoryPersistence", "--skipApiVersionCheck", "--silent", "--disableTelemetry",
                "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var addresses = new Dictionary<string, string>();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
                if (addresses.ContainsKey("Queue") && addresses.ContainsKey("Table"))
                {
                    return new StorageEmulator(process, addresses);
                }
            }
        }

        throw new InvalidOperationException("Azurite ended before it listened");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static string? Script()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        for (; directory is not null; directory = directory.Parent)
        {
            var script = Path.Combine(directory.FullName, "node_modules", "azurite", "dist", "src", "azurite.js");
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at (?<address>http://[^\s/]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
