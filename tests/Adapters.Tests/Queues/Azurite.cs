using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Adapters.Tests.Queues;

/// <summary>
/// The emulator of Azure Storage, one for all tests of the collection, on ports of the system's choice and with nothing on
/// disk. <c>tests/run</c> installs it; without it the tests that need it are skipped and say why.
/// </summary>
public sealed partial class Azurite : IAsyncLifetime
{
    // A cold start on a busy machine took 5 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly StringBuilder _output = new();
    private Process? _process;
    private string? _missing;
    private string? _connectionString;

    /// <summary>Skips the test when there is no emulator.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(_missing is not null, _missing ?? "");
            return _connectionString!;
        }
    }

    private string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (FindScript() is not { } script)
        {
            _missing = "Azurite is not installed: run tests/run once, or npm ci --prefix tests";
            return;
        }

        try
        {
            // The script itself and not npx: ending the process then ends the emulator.
            _process = Process.Start(new ProcessStartInfo(
                "node",
                [
                    script, "--inMemoryPersistence", "--skipApiVersionCheck", "--silent", "--disableTelemetry",
                    "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
                ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        }
        catch (Win32Exception)
        {
            _missing = "Azurite needs Node.js, and there is no node on the path";
            return;
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
        _connectionString = await ReadyAsync(_process);
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private static string? FindScript()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var script = Path.Combine(directory.FullName, "node_modules", "azurite", "dist", "src", "azurite.js");
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }

    // The table service starts last.
    private async Task<string> ReadyAsync(Process process)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Hear(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, ready);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"Azurite ended:\n{Output}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Azurite was not ready after {Patience}:\n{_output}", exception);
        }

        // The emulator's well-known account and key, the same on every machine.
        const string account = "devstoreaccount1";
        const string key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        var addresses = Listening().Matches(Output)
            .ToDictionary(match => match.Groups["service"].Value, match => match.Groups["address"].Value);
        return $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};BlobEndpoint={addresses["Blob"]}/{account};"
            + $"QueueEndpoint={addresses["Queue"]}/{account};TableEndpoint={addresses["Table"]}/{account};";
    }

    private void Hear(string? line, TaskCompletionSource ready)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.Contains("Table service is successfully listening", StringComparison.Ordinal) is true)
        {
            ready.TrySetResult();
        }
    }

    private void Stop()
    {
        try
        {
            _process?.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself, or was disposed of before.
        }

        _process?.Dispose();
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at (?<address>http://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
