using System.CommandLine;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Policies.Imports;

namespace ScaleFunctions.App.Commands.Autoscale;

/// <summary>Writes policies that decide as settings of Azure's own autoscale do.</summary>
internal static class ImportAutoscaleCommand
{
    private const int MostTold = 50;

    private const int LongestName = 260;

    public static Command Create()
    {
        var target = new Argument<string?>("target")
        {
            Description = "Name or id of a setting or of the resource it scales. Default: all there are.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<string?>("--file")
        {
            Description = "Settings as JSON: one, a list, or what Azure's API answers. Default: those of the running local mode.",
            HelpName = "FILE",
        };
        var state = SharedOptions.State();
        var command = new Verb(
            "import-autoscale", "Write policies, in observe mode, that decide as Azure's own autoscale does; what cannot be said stands in them as notes.", "sf import-autoscale", "sf import-autoscale --file web-auto.json > policies/web-auto.yml")
        {
            target, file, state,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(target), parsed.GetValue(file), parsed.GetValue(state), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? target, string? file, string? state, CancellationToken cancellationToken)
    {
        var (wanted, now) = await ChosenSettings.FindAsync(target, file, state, cancellationToken);
        var place = file is null ? "" : $"{file}: ";
        var failures = new List<string>();
        var settings = new List<(string Name, AutoscaleSetting Setting)>();
        foreach (var (name, json) in wanted)
        {
            if (AutoscaleSettingReader.Read(json, out var problems) is { } setting)
            {
                settings.Add((name, setting));
                continue;
            }

            failures.Add($"{place}{Short(name)}: {Listed(problems, "; ")}");
        }

        var isFirst = true;
        foreach (var ((name, _), imported) in settings.Zip(AutoscaleImports.Of(settings, now)))
        {
            if (imported.LeftOut is { } reason)
            {
                failures.Add($"{place}{Short(name)}: it is left out: {reason}");
                continue;
            }

            Terminal.Write($"{(isFirst ? "" : AutoscaleImports.Separator)}{imported.Yaml.TrimEnd('\n')}");
            Terminal.Note($"{Short(name)}: {imported.Notes.Count} notes, in the comments");
            isFirst = false;
        }

        if (failures.Count == 0)
        {
            return ExitCodes.Done;
        }

        Terminal.Note(Listed([.. failures.Select(failure => $"error: {failure}")], "\n"));
        return ExitCodes.Failed;
    }

    /// <summary>As many as a person reads; the rest by its number.</summary>
    private static string Listed(IReadOnlyList<string> texts, string separator) =>
        string.Join(separator, texts.Take(MostTold)) + (texts.Count > MostTold ? $"{separator}and {texts.Count - MostTold} more" : "");

    private static string Short(string name) => name.Length > LongestName ? $"{name[..LongestName]}…" : name;
}
