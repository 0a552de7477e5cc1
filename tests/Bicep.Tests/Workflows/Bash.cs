using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace ScaleFunctions.Bicep.Tests.Workflows;

/// <summary>Runs the scripts of workflows as a runner does: bash, that stops at the first error, in a folder of its own.</summary>
internal sealed class Bash : IDisposable
{
    private readonly Dictionary<string, string> _environment = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("workflow-").FullName;

    public string At(string name) => Path.Combine(Folder, name);

    public string Read(string name) => File.ReadAllText(At(name));

    public Bash Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
        return this;
    }

    /// <summary>A program that stands for another, found before it.</summary>
    public Bash Program(string name, string script)
    {
        Write(Path.Combine("programs", name), script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At(Path.Combine("programs", name)), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return With("PATH", $"{At("programs")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}");
    }

    public Bash With(string variable, string value)
    {
        _environment[variable] = value;
        return this;
    }

    /// <summary>A script of the repository.</summary>
    public Task<BashRun> ScriptAsync(string script, params string[] arguments) => RunAsync([Repository.Folder(".github", "scripts", script), .. arguments]);

    /// <summary>The script of a step of a workflow, as it stands there.</summary>
    public Task<BashRun> StepAsync(string workflow, string job, string step)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Repository.Folder(".github", "workflows", workflow))));
        var steps = (YamlSequenceNode)yaml.Documents[0].RootNode["jobs"][job]["steps"];
        var script = steps.Cast<YamlMappingNode>().Single(each => each.Children.TryGetValue("name", out var name) && name.ToString() == step)["run"].ToString();
        Write("step.sh", script);

        // What GitHub runs for `shell: bash`.
        return RunAsync(["--noprofile", "--norc", "-eo", "pipefail", At("step.sh")]);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private async Task<BashRun> RunAsync(string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts are for the Linux of a runner");
        var cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("bash", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new BashRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>What a run of a script gave back.</summary>
internal sealed record BashRun(int ExitCode, string Output, string Errors);
