using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The built program, started as the Functions host starts its custom handler.</summary>
internal sealed class HostedProcess : IAsyncDisposable
{
    /// <summary>The host waits so long for the port; three times in vain and it stops.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private const int FirstPort = 20_000;
    private const int PortCount = 10_000;

    private static int _ports = Environment.ProcessId * 17 % PortCount;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private HostedProcess(Process process, int port)
    {
        (_process, Client) = (process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(60) });
        process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    public int Id => _process.Id;

    public string Log => Text(_output) + Text(_errors);

    /// <summary>A port nobody listens on, below those the system hands out: it stays free until the process listens.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (Interlocked.Increment(ref _ports) % PortCount);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's; the next one.
            }
        }
    }

    /// <summary>Starts it. The environment is the host's own, with what the test adds; a value of null removes one.</summary>
    public static HostedProcess Start(
        int port, IReadOnlyDictionary<string, string?> environment, HostedBuild build = HostedBuild.FrameworkDependent)
    {
        var start = build == HostedBuild.Published
            ? new ProcessStartInfo(PublishedFolder.Executable) { WorkingDirectory = PublishedFolder.Path }
            : new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ScaleFunctions.dll")]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FUNCTIONS_HTTPWORKER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = Guid.NewGuid().ToString();
        foreach (var (name, value) in environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return new HostedProcess(Process.Start(start)!, port);
    }

    /// <summary>Asks as the host does, every 25 ms, until anything answers.</summary>
    public async Task ReadyAsync()
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            Assert.False(_process.HasExited, $"it ended before it was ready\n{Log}");
            Assert.True(since.Elapsed < StartLimit, $"not ready after {StartLimit}\n{Log}");
            try
            {
                using var response = await Client.GetAsync(new Uri("", UriKind.Relative), TestContext.Current.CancellationToken);
                (await HostAnswer.ReadAsync(response)).ShouldBe(HttpStatusCode.OK);
                Assert.False(_process.HasExited, $"somebody else answered\n{Log}");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(25, TestContext.Current.CancellationToken);
            }
        }
    }

    public async Task<HostAnswer> PostAsync(string function, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, function) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());
        request.Headers.TransferEncodingChunked = true;
        try
        {
            using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
            return await HostAnswer.ReadAsync(response);
        }
        catch (HttpRequestException exception)
        {
            var state = _process.HasExited ? $"ended with {_process.ExitCode}" : "runs";
            throw new HttpRequestException($"{function} was not answered; the process {state}:\n{Log}", exception);
        }
    }

    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(StartLimit);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, Text(_errors));
    }

    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGKILL: what the host does when a call took too long.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString().Trim();
        }
    }
}
