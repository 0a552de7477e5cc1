using System.Diagnostics;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>The built program, as a process of its own.</summary>
internal sealed class Worker : IAsyncDisposable
{
    /// <summary>The exit code of a process that SIGKILL ended: 128 + 9.</summary>
    public const int KilledExitCode = 137;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private Worker(Process process) =>
        (_process, _output, _errors) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    /// <summary>Starts it.</summary>
    /// <param name="killAt">Where the hook shall end it; nowhere when absent.</param>
    /// <param name="arguments">Its command line.</param>
    public static Worker Start(string? killAt, params IReadOnlyList<string> arguments) => Start(killAt is null ? null : ("KILL_AT", killAt), arguments);

    /// <summary>Starts it with the hook in it.</summary>
    /// <param name="hook">A variable of the hook and its value; without the hook when absent.</param>
    /// <param name="arguments">Its command line.</param>
    public static Worker Start((string Variable, string Value)? hook, IReadOnlyList<string> arguments)
    {
        // A suite that runs in the background of a shell has INT ignored, and hands that down.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", .. Built.Command, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (hook is { } asked)
        {
            start.Environment["DOTNET_STARTUP_HOOKS"] = Built.KillHook;
            start.Environment[asked.Variable] = asked.Value;
        }

        return new Worker(Process.Start(start)!);
    }

    /// <summary>Ends it by SIGKILL and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end.</summary>
    /// <param name="signal">INT or TERM.</param>
    public async Task SignalAsync(string signal)
    {
        using var shell = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }

    public async Task<WorkerEnd> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return new WorkerEnd(_process.ExitCode, await _output, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}

/// <summary>How a process ended and what it said.</summary>
internal sealed record WorkerEnd(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Errors}\n{Output[^Math.Min(Output.Length, 2000)..]}";
}
