using System.CommandLine;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Policies.Imports;

namespace ScaleFunctions.App.Commands.Autoscale;

/// <summary>Writes policies that decide as settings of Azure's own autoscale do.</summary>
internal static class ImportAutoscaleCommand
{
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
        var command = new Command(
            "import-autoscale", "Write policies, in observe mode, that decide as Azure's own autoscale does; what cannot be said stands in them as notes.")
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
        var exitCode = ExitCodes.Done;
        var settings = new List<(string Name, AutoscaleSetting Setting)>();
        foreach (var (name, json) in wanted)
        {
            if (AutoscaleSettingReader.Read(json, out var problems) is { } setting)
            {
                settings.Add((name, setting));
                continue;
            }

            Terminal.Note($"error: {place}{name}: {string.Join("; ", problems)}");
            exitCode = ExitCodes.Failed;
        }

        var isFirst = true;
        foreach (var ((name, _), imported) in settings.Zip(AutoscaleImports.Of(settings, now)))
        {
            if (imported.LeftOut is { } reason)
            {
                Terminal.Note($"error: {place}{name}: it is left out: {reason}");
                exitCode = ExitCodes.Failed;
                continue;
            }

            Terminal.Write($"{(isFirst ? "" : AutoscaleImports.Separator)}{imported.Yaml.TrimEnd('\n')}");
            Terminal.Note($"{name}: {imported.Notes.Count} notes, in the comments");
            isFirst = false;
        }

        return exitCode;
    }
}
