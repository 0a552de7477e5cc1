using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Documents;

/// <summary>
/// A folder like the one a reader works in: the repository's policies and examples, recordings, infrastructure code. Commands run in
/// it by bash, one after the other; what they start with <c>sf</c> or <c>dotnet run --project functions/App</c> is the built program.
/// </summary>
internal sealed partial class DocumentFolder : IAsyncDisposable
{
    /// <summary>Far more than any command takes that is to be run; one that hangs must not hang the suite.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] Taken = ["policies", "docs"];

    private readonly string _path = Directory.CreateTempSubdirectory("scalefunctions-docs-").FullName;
    private readonly List<RunningProgram> _beside = [];
    private string _port = "";

    public DocumentFolder()
    {
        foreach (var name in Taken)
        {
            Copy(Path.Combine(Repository.Root, name), Path.Combine(_path, name));
        }

        File.Copy(Path.Combine(Repository.Root, "local.settings.sample.json"), Path.Combine(_path, "local.settings.sample.json"));
        Directory.CreateDirectory(Path.Combine(_path, "DIR"));
        Directory.CreateDirectory(Path.Combine(_path, "infra"));
        Write("requests.csv", Recording(days: 2, shift: 0));
        Write("load.csv", Recording(days: 15, shift: 0));
        Write("DIR/a.csv", Recording(days: 16, shift: 0));
        Write("DIR/b.csv", Recording(days: 16, shift: 5));
        Write("infra/main.tf", "resource \"azurerm_linux_virtual_machine_scale_set\" \"web\" {\n  name      = \"web\"\n  instances = 3\n}\n");
    }

    /// <summary>Whether a local run goes on.</summary>
    private bool IsServing => _port.Length > 0;

    /// <summary>Runs a command to its end; one that begins a local run without an end is left running beside the next ones.</summary>
    /// <exception cref="InvalidOperationException">It ended as the page does not say; with what it said.</exception>
    public async Task RunAsync(DocumentCommand command)
    {
        if (command.IsBesideServe && !IsServing)
        {
            await ServeAsync([]);
        }

        if (Endless().Match(command.Text) is { Success: true } endless)
        {
            await ServeAsync([.. endless.Groups["options"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            return;
        }

        if (command.IsBesideServe && command.Text.Contains(" costs", StringComparison.Ordinal))
        {
            await CountedAsync();
        }

        var (code, said) = await BashAsync(Prepared(command.Text));
        if (code != 0 && !Allowed().Matches(command.Text).Any(match => match.Groups["code"].Value == code.ToString(CultureInfo.InvariantCulture)))
        {
            throw new InvalidOperationException($"{command}\nended with {code}:\n{said}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _beside)
        {
            await program.DisposeAsync();
        }

        Directory.Delete(_path, recursive: true);
    }

    private async Task ServeAsync(string[] options)
    {
        foreach (var before in _beside)
        {
            await before.TerminateAsync();
        }

        _beside.Clear();
        var program = new RunningProgram(_path, ["serve", "--port", "0", .. options], new Dictionary<string, string>());
        _beside.Add(program);
        var (line, _) = await program.NoteAsync(line => Address().IsMatch(line));
        _port = Address().Match(line).Groups["port"].Value;
        await program.LineAsync(line => Workplace.Decision().IsMatch(line));
    }

    /// <summary>Costs are first counted a quarter of an hour after the start; a reader comes later than that.</summary>
    private async Task CountedAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{_port}/") };
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!(await client.GetStringAsync(new Uri("api/v1/costs", UriKind.Relative), limit.Token)).Contains("\"shop\"", StringComparison.Ordinal))
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    private string Prepared(string command) => IsServing
        ? command.Replace("localhost:7071", $"localhost:{_port}", StringComparison.Ordinal)
        : command;

    private async Task<(int Code, string Said)> BashAsync(string command)
    {
        var script = $$"""
            program() { command dotnet exec '{{Path.Combine(AppContext.BaseDirectory, "ScaleFunctions.dll")}}' "$@"; }
            sf() { program "$@"; }
            dotnet() {
              [ "$1" = run ] || { echo "only 'dotnet run --project functions/App' can be run here; mark the block" >&2; return 99; }
              shift
              [ "$1" = -c ] && shift 2
              [ "$1 $2" = "--project functions/App" ] || { echo "only functions/App can be run here; mark the block" >&2; return 99; }
              shift 2
              [ "$1" = --no-build ] && shift
              [ "$1" = -- ] && shift
              case "$1" in --*|"") set -- serve --port 0 "$@";; esac
              program "$@"
            }
            curl() { command curl --fail-with-body "$@"; }
            {{command}}
            """;
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            UseShellExecute = false,
            WorkingDirectory = _path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, $"{Tail(await output)}\n{Tail(await error)}");
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return (124, $"it had not ended after {Limit.TotalMinutes:0} minutes");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Tail(string text) => string.Join('\n', text.TrimEnd().Split('\n').TakeLast(12));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_path, name), text);

    /// <summary>A load that comes and goes by days, and is lower at week-ends, every quarter of an hour.</summary>
    private static string Recording(int days, double shift) => "timestamp,value\n" + string.Concat(Enumerable.Range(0, days * 96).Select(i =>
    {
        var at = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc).AddMinutes(15 * i);
        var load = (100 + (60 * Math.Sin((at.TimeOfDay.TotalHours - 9 + shift) / 12 * Math.PI))) * (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.6 : 1);
        return string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-ddTHH:mm:ssZ},{load + (7 * Math.Sin(i * 1.7)):0.###}\n");
    }));

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var directory in Directory.GetDirectories(from).Where(directory => Path.GetFileName(directory) != "images"))
        {
            Copy(directory, Path.Combine(to, Path.GetFileName(directory)));
        }
    }

    /// <summary>A local run without a verb and without an end.</summary>
    [GeneratedRegex(@"^(dotnet run --project functions/App( --)?|sf serve)(?<options>( --(?!duration)[a-z-]+ [^\s#]+)*)\s*(#.*)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Endless();

    /// <summary>The page tells the reader with what else a command may end.</summary>
    [GeneratedRegex(@"#.*?exit code (?<code>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Allowed();

    [GeneratedRegex(@"address http://[^:]+:(?<port>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Address();
}
