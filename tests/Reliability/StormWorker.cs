using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>The built program as a process that answers calls, and is killed and started again while others call it.</summary>
internal sealed partial class StormWorker : IAsyncDisposable
{
    private readonly string[] _arguments;
    private readonly StringBuilder _told = new();
    private TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    private StormWorker(string[] arguments) => _arguments = arguments;

    /// <summary>What it printed, over all its lives.</summary>
    public string Told
    {
        get
        {
            lock (_told)
            {
                return _told.ToString();
            }
        }
    }

    public bool IsRunning => _process is { HasExited: false };

    /// <param name="ground">What it works on.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<StormWorker> StartAsync(StormGround ground, CancellationToken cancellationToken)
    {
        var worker = new StormWorker([
            "--default-signal=INT", .. Built.Command, "serve", "--sandbox", $"{ground.Sandbox.Port}/{ground.Sandbox.Thumbprint}", "--state", ground.State,
            "--policies", Built.Policies, "--port", "0"]);
        worker.Start();
        await worker.AddressAsync(cancellationToken);
        return worker;
    }

    /// <summary>Where it answers, as soon as it does.</summary>
    public Task<Uri> AddressAsync(CancellationToken cancellationToken) => _address.Task.WaitAsync(cancellationToken);

    /// <summary>SIGKILL, and another process in its place.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await KillAsync();
        _address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        Start();
        await AddressAsync(cancellationToken);
    }

    public async Task KillAsync()
    {
        if (IsRunning)
        {
            _process!.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private void Start()
    {
        var address = _address;
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("env", _arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Note(line.Data, address);
        _process.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"the program ended before it answered:\n{Told}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Note(string? line, TaskCompletionSource<Uri> address)
    {
        if (line is null)
        {
            return;
        }

        lock (_told)
        {
            _told.AppendLine(line);
        }

        if (Address().Match(line) is { Success: true } match)
        {
            address.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex("address (?<address>http://127\\.0\\.0\\.1:[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
