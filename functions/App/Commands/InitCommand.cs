using System.CommandLine;
using System.Reflection;
using System.Text;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Commands;

/// <summary>Writes starter policies that observe and change nothing.</summary>
internal static class InitCommand
{
    private const string ResourcePrefix = "policies/";

    public static Command Create()
    {
        var directory = new Argument<string>("directory") { Description = "Where to put them.", DefaultValueFactory = _ => SharedOptions.UsualPolicies };
        var command = new Command("init", "Write starter policy files in observe mode. Files that exist are left alone.") { directory };
        command.SetAction(parsed => Run(parsed.GetValue(directory)!));
        return command;
    }

    private static int Run(string directory)
    {
        if (File.Exists(directory))
        {
            throw new UserErrorException($"{directory} is a file; name the directory that shall hold the starter policies");
        }

        try
        {
            Directory.CreateDirectory(directory);
            foreach (var (name, text) in Starters())
            {
                var file = Path.Combine(directory, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                Write(file, text);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"starter policies cannot be written to {directory}: {exception.Message} Name another directory.", exception);
        }

        var policies = PolicyDirectory.Load(directory);
        PolicyMessages.Print(policies);
        Terminal.Write(policies.Errors.Count == 0
            ? $"{directory} is ready: say in workloads.yml which resources are yours, check with 'validate {directory}', see what would happen with 'plan --policies {directory}'. "
                + "Nothing is changed until a workload says 'mode: act'."
            : $"{directory} has errors, see above.");
        return policies.Errors.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void Write(string file, string text)
    {
        if (File.Exists(file))
        {
            Terminal.Write($"kept    {file}");
            return;
        }

        File.WriteAllText(file, text);
        Terminal.Write($"written {file}");
    }

    /// <summary>The files of the repository's policies folder, changed to observe, and the presets they may extend.</summary>
    private static IEnumerable<(string Name, string Text)> Starters()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[ResourcePrefix.Length..], Watching(reader.ReadToEnd()));
        }

        foreach (var preset in PolicyPresets.Files)
        {
            yield return (preset.Name, Encoding.UTF8.GetString(preset.Content.Span));
        }
    }

    private static string Watching(string text) => text.Replace(
        "mode: act", text.Contains($"kind: {nameof(PolicySet.PredictiveScaling)}", StringComparison.Ordinal) ? "mode: forecastOnly" : "mode: observe", StringComparison.Ordinal);
}
