using System.CommandLine;
using System.Text.Json;
using ScaleFunctions.Adapters;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Autoscale.Import;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands;

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
        var (settings, now) = file is null
            ? await RunningAsync(state, cancellationToken)
            : (SettingFiles.Read(file), TimeProvider.System.GetUtcNow());
        var wanted = settings.Select(setting => (Name: NameOf(setting), Json: setting)).Where(each => Fits(each.Json, each.Name, target)).ToList();
        if (wanted.Count == 0)
        {
            throw new UserErrorException(settings.Count == 0
                ? "there is no autoscale setting"
                : $"there is no autoscale setting '{target}'; known are {string.Join(", ", settings.Select(NameOf).Order(StringComparer.Ordinal).Take(10))}");
        }

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

    private static async Task<(IReadOnlyList<JsonElement> Settings, DateTimeOffset Now)> RunningAsync(string? state, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.OpenAsync(state, cancellationToken);
        if (view?.Azure is not { } azure)
        {
            throw new UserErrorException("no local run is going on; start one, or give the settings with --file");
        }

        await using var services = new ServiceCollection().AddLogging().AddAzureAdapters(azure.Connection, []).BuildServiceProvider();
        var seen = await services.GetRequiredService<ITargetInventory>().ListAsync(cancellationToken);
        var source = services.GetRequiredService<IAutoscaleSettings>();
        var settings = new List<JsonElement>();
        foreach (var subscription in seen.Targets.Concat(seen.LeftAlone).Select(each => each.Id.Subscription).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var listing = await source.ListAsync(subscription, cancellationToken);
            settings.AddRange(listing.Problem is { } problem
                ? throw new UserErrorException($"the autoscale settings of {subscription} cannot be read: {problem}")
                : listing.Settings);
        }

        return (settings, azure.Time.Clock.GetUtcNow());
    }

    private static string NameOf(JsonElement setting) =>
        SettingFiles.Text(setting, "name") ?? (setting.ValueKind == JsonValueKind.Object && setting.TryGetProperty("properties", out var properties) ? SettingFiles.Text(properties, "name") : null) ?? "imported";

    private static bool Fits(JsonElement setting, string name, string? wanted)
    {
        if (wanted is null)
        {
            return true;
        }

        var target = setting.ValueKind == JsonValueKind.Object && setting.TryGetProperty("properties", out var properties) ? SettingFiles.Text(properties, "targetResourceUri") : null;
        return ((string?[])[name, SettingFiles.Text(setting, "id"), target, target?[(target.LastIndexOf('/') + 1)..]])
            .Any(known => string.Equals(known, wanted, StringComparison.OrdinalIgnoreCase));
    }
}
