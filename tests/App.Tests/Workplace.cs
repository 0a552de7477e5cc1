using System.Text.RegularExpressions;
using ScaleFunctions.App.Commands;

namespace ScaleFunctions.App.Tests;

/// <summary>An empty directory with the repository's policies in it, where the built program runs. It goes away with the test.</summary>
public sealed partial class Workplace : IAsyncDisposable
{
    private readonly List<RunningProgram> _running = [];

    public Workplace()
    {
        Directory.CreateDirectory(File("policies"));
        var assembly = typeof(CommandLine).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("policies/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            Write(name, reader.ReadToEnd());
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("scalefunctions-app-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
        return name;
    }

    /// <summary>Replaces text in a file, which must be there.</summary>
    public void Edit(string name, string old, string now)
    {
        var text = System.IO.File.ReadAllText(File(name));
        Assert.Contains(old, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File(name), text.Replace(old, now, StringComparison.Ordinal));
    }

    /// <summary>Load that is high and low for 20 minutes each, so that a change is wanted every 20 minutes.</summary>
    public string WriteWave() => Write("wave.csv", "timestamp,value\n" + string.Concat(Enumerable.Range(0, 48).Select(
        i => $"2026-03-02T{i / 12:00}:{i % 12 * 5:00}:00Z,{(i / 4 % 2 == 0 ? 10 : 30)}\n")));

    /// <summary>Runs the program to its end.</summary>
    public Task<Finished> RunAsync(params string[] arguments) => Start(arguments).EndAsync();

    /// <summary>Runs the program with the arguments written as one text, split at spaces.</summary>
    public Task<Finished> RunAsync(string arguments) => RunAsync(arguments.Split(' '));

    public RunningProgram Start(params string[] arguments) => Start(arguments, new Dictionary<string, string>());

    public RunningProgram Start(string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var program = new RunningProgram(Path, arguments, environment);
        _running.Add(program);
        return program;
    }

    /// <summary>Starts the local mode and waits for its first decision.</summary>
    public async Task<RunningProgram> ServeAsync(params string[] arguments)
    {
        var program = Start(["serve", "--port", "0", .. arguments]);
        await program.LineAsync(line => Decision().IsMatch(line));
        return program;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _running)
        {
            await program.DisposeAsync();
        }

        Directory.Delete(Path, recursive: true);
    }

    /// <summary>A line that tells a decision: when, on what, from and to how many instances.</summary>
    [GeneratedRegex(@"^(?<at>\d{4}-\d\d-\d\d \d\d:\d\d)  (?<target>\S+) +(?<from>\d+)(?: → (?<to>\d+))? +(?<what>scale out|scale in|hold|held|failed|error) +(?<why>.+)$", RegexOptions.NonBacktracking)]
    public static partial Regex Decision();
}
