using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace ScaleFunctions.App.Tests;

/// <summary>The built program as a process of its own, whose lines can be waited for.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    /// <summary>Far more than anything here takes on a busy machine: it only keeps a hanging program from hanging the suite.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly Lines _output = new();
    private readonly Lines _error = new();
    private readonly Task _read;

    public RunningProgram(string directory, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ScaleFunctions.dll"), .. arguments])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _read = Task.WhenAll(_output.ReadAsync(_process.StandardOutput), _error.ReadAsync(_process.StandardError));
    }

    public int Id => _process.Id;

    /// <summary>Waits for a line on standard output, from the given one on.</summary>
    /// <returns>The line and the number of the one after it.</returns>
    public Task<(string Line, int Next)> LineAsync(Func<string, bool> isIt, int from = 0) => FindAsync(_output, isIt, from);

    /// <summary>Waits for a line on standard error.</summary>
    public Task<(string Line, int Next)> NoteAsync(Func<string, bool> isIt, int from = 0) => FindAsync(_error, isIt, from);

    /// <summary>Lines on standard output so far.</summary>
    public int LineCount => _output.Count;

    /// <summary>Waits for the end.</summary>
    public async Task<Finished> EndAsync()
    {
        using var limit = Patience();
        await _process.WaitForExitAsync(limit.Token);
        await _read.WaitAsync(limit.Token);
        return new Finished(_process.ExitCode, _output.Text, _error.Text);
    }

    /// <summary>Asks the program to end, as a service manager does, and waits for it.</summary>
    public async Task<Finished> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await EndAsync();
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static CancellationTokenSource Patience()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        return limit;
    }

    private async Task<(string Line, int Next)> FindAsync(Lines lines, Func<string, bool> isIt, int from)
    {
        using var limit = Patience();
        try
        {
            for (var index = from; ; index++)
            {
                if (await lines.AtAsync(index, limit.Token) is not { } line)
                {
                    throw new InvalidOperationException("the program ended without the line that was waited for");
                }

                if (isIt(line))
                {
                    return (line, index + 1);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            throw new InvalidOperationException($"the line never came; output:\n{_output.Text}\nerror:\n{_error.Text}", exception);
        }
    }

    /// <summary>Lines as they come.</summary>
    private sealed class Lines
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private volatile TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isComplete;

        public int Count => _lines.Count;

        public string Text => string.Join('\n', _lines);

        public async Task ReadAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                _lines.Enqueue(line);
                Signal();
            }

            _isComplete = true;
            Signal();
        }

        /// <summary>The line of this number, as soon as it is there; nothing when the text ended before.</summary>
        public async Task<string?> AtAsync(int index, CancellationToken cancellationToken)
        {
            while (true)
            {
                // Asked for before looking: a line that comes in between completes it.
                var more = _more.Task;
                var isComplete = _isComplete;
                if (_lines.ElementAtOrDefault(index) is { } line)
                {
                    return line;
                }

                if (isComplete)
                {
                    return null;
                }

                await more.WaitAsync(cancellationToken);
            }
        }

        private void Signal()
        {
            var reached = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            reached.SetResult();
        }
    }
}
