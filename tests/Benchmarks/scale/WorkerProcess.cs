using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>A worker in a process of its own, seen from outside.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where its functions are called.</summary>
    public Uri Address { get; }

    public int Id => _process.Id;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    public static async Task<WorkerProcess> StartAsync(string sandbox, string store, string clock, PolicyMode mode)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["work", sandbox, store, clock, mode.ToString()])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        return await process.StandardOutput.ReadLineAsync() is { } line && line.Split(' ') is ["ready", var port]
            ? new WorkerProcess(process, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")))
            : throw new InvalidOperationException("the worker did not start; what it says is above");
    }

    /// <summary>What it did since this was asked before.</summary>
    public async Task<WorkerFigures> FiguresAsync() => JsonSerializer.Deserialize(await AskAsync("figures"), ScaleJson.Default.WorkerFigures)!;

    /// <summary>Has it look at the clock.</summary>
    public Task LookAtClockAsync() => AskAsync("time");

    /// <summary>Sends it a signal.</summary>
    /// <param name="name"><c>STOP</c> or <c>CONT</c>.</param>
    public void Signal(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {Id}"]);
        kill.WaitForExit();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"the worker could not be sent {name}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<string> AskAsync(string question)
    {
        await _process.StandardInput.WriteLineAsync(question);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the worker ended; what it says is above");
    }
}
