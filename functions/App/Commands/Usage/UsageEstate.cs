using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Commands.Assessments;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Usage;

/// <summary>Looks at how the off-hours of an estate stand: with what a run remembers, or, of a real one, by what there is alone.</summary>
internal static class UsageEstate
{
    /// <summary>A week of a restless target; what is older is not counted.</summary>
    private const int MostEntries = 10_000;

    /// <summary>What Azure's limits would have wait longer is not looked at, and told.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>Opens an estate for reading. Nothing that could write is made.</summary>
    public static async Task<UsageView> LookAsync(EstatePlace place, string? named, int days, string currency, CancellationToken cancellationToken)
    {
        var directory = named ?? SharedOptions.UsualPolicies;
        var policies = PolicyDirectory.Load(directory);
        PolicyMessages.RequireSome(policies, directory);
        var (view, _) = await place.UseAsync(connection => LookAsync(connection, place, policies, days, currency, cancellationToken), cancellationToken);
        return view;
    }

    private static async Task<UsageView> LookAsync(AzureConnection connection, EstatePlace place, PolicySet policies, int days, string currency, CancellationToken cancellationToken)
    {
        await using var services = AssessedEstate.Services(connection, place.Subscriptions);
        services.GetRequiredService<ResourceKinds>().Use(policies);
        using var turn = services.GetRequiredService<AzureTurns>().Begin(LongestWait);
        return await LookAsync(policies, services, store: null, days, currency, cancellationToken);
    }

    /// <param name="policies">What puts resources off.</param>
    /// <param name="services">What reads the estate.</param>
    /// <param name="store">What a run remembers; absent where none is looked at.</param>
    /// <param name="days">Days that savings are of.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<UsageView> LookAsync(
        PolicySet policies, IServiceProvider services, IStateStore? store, int days, string currency, CancellationToken cancellationToken)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var seen = await services.GetRequiredService<ITargetInventory>().ListAsync(cancellationToken);
        var rows = store is null ? [] : (await store.ReadTargetsAsync(cancellationToken)).ToDictionary(row => row.Target);
        var budgets = store is null ? [] : await services.GetRequiredService<BudgetStates>().StandingsAsync(policies, cancellationToken);
        List<OffStanding> standings = [];
        foreach (var target in seen.Targets.OrderBy(target => target.Id.Key, StringComparer.Ordinal))
        {
            var row = store is null ? null : rows.GetValueOrDefault(target.Id) ?? new TargetRow { Target = target.Id };
            if (OffStandings.Of(policies, target, row, budgets, now) is not { } standing)
            {
                continue;
            }

            standings.Add(store is null ? standing : standing with
            {
                SavedHours = OffStandings.SavedHours(
                    await store.ReadJournalAsync(new JournalQuery(target.Id.Key, now.AddDays(-days), MostEntries), cancellationToken), row!, now.AddDays(-days), now),
            });
        }

        if (seen is InventoryReading.Partial partial)
        {
            Terminal.Note($"not read: {partial.Reason}");
        }

        var queries = standings.ToDictionary(standing => standing, standing => PriceQuery.Of(standing.Target) with { Sku = standing.Before?.Size ?? standing.Target.Sku });
        var prices = await services.GetRequiredService<IPriceSource>().ReadAsync([.. queries.Values.Distinct()], currency, cancellationToken);
        return new UsageView(now, days, currency, [.. standings.Select(standing => UsageLine.Of(standing, prices[queries[standing]]))], seen is InventoryReading.Partial, store is not null);
    }
}
