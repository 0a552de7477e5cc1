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
    /// <summary>More than a subscription full of settings has.</summary>
    private const long LargestFile = 16 * 1024 * 1024;

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
            : (FromFile(file), TimeProvider.System.GetUtcNow());
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

    private static IReadOnlyList<JsonElement> FromFile(string file)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > LargestFile })
            {
                throw new UserErrorException($"{file} is larger than {LargestFile / (1024 * 1024)} MiB, which no settings are");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            return root switch
            {
                { ValueKind: JsonValueKind.Array } => [.. root.EnumerateArray().Select(setting => setting.Clone())],
                { ValueKind: JsonValueKind.Object } when root.TryGetProperty("value", out var list) && list.ValueKind == JsonValueKind.Array =>
                    [.. list.EnumerateArray().Select(setting => setting.Clone())],
                _ => [root.Clone()],
            };
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the settings in {file} cannot be read: {exception.Message}", exception);
        }
    }

    private static string NameOf(JsonElement setting) =>
        Text(setting, "name") ?? (setting.ValueKind == JsonValueKind.Object && setting.TryGetProperty("properties", out var properties) ? Text(properties, "name") : null) ?? "imported";

    private static bool Fits(JsonElement setting, string name, string? wanted)
    {
        if (wanted is null)
        {
            return true;
        }

        var target = setting.ValueKind == JsonValueKind.Object && setting.TryGetProperty("properties", out var properties) ? Text(properties, "targetResourceUri") : null;
        return ((string?[])[name, Text(setting, "id"), target, target?[(target.LastIndexOf('/') + 1)..]])
            .Any(known => string.Equals(known, wanted, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
