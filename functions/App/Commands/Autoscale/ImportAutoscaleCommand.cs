using System.CommandLine;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Autoscale.Import;

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
        var isFirst = true;
        var exitCode = ExitCodes.Done;
        foreach (var (name, json) in wanted)
        {
            if (AutoscaleSettingReader.Read(json, out var problems) is not { } setting)
            {
                Terminal.Note($"error: {name}: {string.Join("; ", problems)}");
                exitCode = ExitCodes.Failed;
                continue;
            }

            var imported = AutoscaleImport.Of(setting, name, now);
            Terminal.Write($"{(isFirst ? "" : "---\n")}{imported.Yaml.TrimEnd('\n')}");
            Terminal.Note($"{name}: {imported.Notes.Count} notes, in the comments");
            isFirst = false;
        }

        return exitCode;
    }
}
