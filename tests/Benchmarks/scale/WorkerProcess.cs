using System.Diagnostics;
using System.Text.Json;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>A worker in a process of its own, and the lines that go to and fro.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    public static async Task<WorkerProcess> StartAsync(string sandbox, string store, PolicyMode mode)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["work", sandbox, store, mode.ToString()])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var worker = new WorkerProcess(process);
        return await worker._process.StandardOutput.ReadLineAsync() == "ready"
            ? worker
            : throw new InvalidOperationException("the worker did not start; what it says is above");
    }

    /// <summary>Has it work: <c>tick</c> or <c>work</c>.</summary>
    public async Task<TickFigures> DoAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() is { } line
            ? JsonSerializer.Deserialize(line, ScaleJson.Default.TickFigures)!
            : throw new InvalidOperationException("the worker ended in the middle of a tick; what it says is above");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
