using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Storage.Emulation;

/// <summary>
/// The emulator of Azure Storage as a process of its own, on ports of the system's choice and with nothing on disk. Compiled into
/// each project that needs one.
/// </summary>
internal sealed partial class AzuriteProcess : IDisposable
{
    // The emulator's well-known account and key, the same on every machine.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // A cold start on a busy machine took 5 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Dictionary<string, Uri> _services = [];
    private readonly StringBuilder _output = new();

    private AzuriteProcess(Process process) => _process = process;

    /// <summary>Why there is none, in words for whoever runs a test without it; absent when it can be started.</summary>
    public static string? Missing => Script() is null ? "Azurite is not installed: run tests/run once, or npm ci --prefix tests" : null;

    public int BlobPort => _services["Blob"].Port;

    public int QueuePort => _services["Queue"].Port;

    public int TablePort => _services["Table"].Port;

    public string ConnectionString => ConnectionStringOver(BlobPort, QueuePort, TablePort);

    /// <summary>The account as it is reached over other ports of this machine.</summary>
    public static string ConnectionStringOver(int blobPort, int queuePort, int tablePort) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};"
        + $"QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};TableEndpoint=http://127.0.0.1:{tablePort}/{Account};";

    /// <exception cref="Win32Exception">There is no Node.js on the path.</exception>
    /// <exception cref="TimeoutException">It was not ready in time; says what it told.</exception>
    public static async Task<AzuriteProcess> StartAsync(CancellationToken cancellationToken)
    {
        // The script itself and not npx: ending the process then ends the emulator.
        var azurite = new AzuriteProcess(Process.Start(new ProcessStartInfo(
            "node",
            [
                Script() ?? throw new InvalidOperationException(Missing), "--inMemoryPersistence", "--skipApiVersionCheck", "--silent",
                "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => azurite.Dispose();
        try
        {
            await azurite.ReadyAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            azurite.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself, or was disposed of before.
        }

        _process.Dispose();
    }

    private static string? Script()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            foreach (var modules in new[] { "node_modules", Path.Combine("tests", "node_modules") })
            {
                var script = Path.Combine(directory.FullName, modules, "azurite", "dist", "src", "azurite.js");
                if (File.Exists(script))
                {
                    return script;
                }
            }
        }

        return null;
    }

    // Its services start in any order.
    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Hear(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, ready);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"Azurite ended:\n{_output}"));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Azurite was not ready after {Patience}:\n{_output}", exception);
        }
    }

    private void Hear(string? line, TaskCompletionSource ready)
    {
        lock (_output)
        {
            _output.AppendLine(line);
            if (line is not null && Listening().Match(line) is { Success: true } match)
            {
                _services[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
                if (_services.Count == 3)
                {
                    ready.TrySetResult();
                }
            }
        }
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at (?<address>http://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
