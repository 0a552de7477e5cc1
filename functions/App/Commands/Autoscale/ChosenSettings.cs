using System.Text.Json;
using ScaleFunctions.Adapters;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Autoscale;

/// <summary>Settings of Azure's own autoscale that somebody names: of a file, or of the running local mode.</summary>
/// <param name="Settings">By name, as Azure gives them.</param>
/// <param name="Now">The time they are looked at.</param>
internal sealed record ChosenSettings(IReadOnlyList<(string Name, JsonElement Json)> Settings, DateTimeOffset Now)
{
    /// <param name="target">Name or id of a setting, or of what it scales; absent: all.</param>
    /// <param name="file">Where they stand; absent: those of the running local mode.</param>
    /// <param name="state">The local run to ask; absent: the latest.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static async Task<ChosenSettings> FindAsync(string? target, string? file, string? state, CancellationToken cancellationToken)
    {
        var (settings, now) = file is null
            ? await RunningAsync(state, cancellationToken)
            : (SettingFiles.Read(file), TimeProvider.System.GetUtcNow());
        var wanted = settings.Select((setting, index) => (Name: NameOf(setting) ?? (settings.Count == 1 ? "imported" : $"imported-{index + 1}"), Json: setting)).Where(each => Fits(each.Json, each.Name, target)).ToList();
        return wanted.Count > 0 ? new ChosenSettings(wanted, now) : throw new UserErrorException(settings.Count == 0
            ? "there is no autoscale setting there; name settings as 'az monitor autoscale list' writes them with --file"
            : $"there is no autoscale setting '{target}'; known are {string.Join(", ", settings.Select(setting => NameOf(setting) ?? "one without a name").Order(StringComparer.Ordinal).Take(10))}");
    }

    private static async Task<(IReadOnlyList<JsonElement> Settings, DateTimeOffset Now)> RunningAsync(string? state, CancellationToken cancellationToken)
    {
        await using var view = await LocalView.OpenAsync(state, cancellationToken);
        if (view?.Azure is not { } azure)
        {
            throw new UserErrorException("no local run is going on; start one, or give the settings with --file");
        }

        await using var services = new ServiceCollection().AddVerbLogging().AddAzureAdapters(azure.Connection, []).BuildServiceProvider();
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

    private static string? NameOf(JsonElement setting) =>
        AutoscaleText.Of(setting, "name") ?? (setting.ValueKind == JsonValueKind.Object && setting.TryGetProperty("properties", out var properties) ? AutoscaleText.Of(properties, "name") : null);

    private static bool Fits(JsonElement setting, string name, string? wanted)
    {
        if (wanted is null)
        {
            return true;
        }

        var target = setting.ValueKind == JsonValueKind.Object && setting.TryGetProperty("properties", out var properties) ? AutoscaleText.Of(properties, "targetResourceUri") : null;
        return ((string?[])[name, AutoscaleText.Of(setting, "id"), target, target?[(target.LastIndexOf('/') + 1)..]])
            .Any(known => string.Equals(known, wanted, StringComparison.OrdinalIgnoreCase));
    }
}
