using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// What stands and a person has to know, by the rows: each fact is found with every tick, and told once. So nothing is lost when a worker
/// dies between noting a fact and telling it.
/// </summary>
internal static class StandingAlerts
{
    /// <summary>More targets of one owner with the same trouble have a common cause: one alert tells of all.</summary>
    private const int MostAlone = 5;

    /// <summary>A cap that is reached for a few minutes does what it is for.</summary>
    private static readonly TimeSpan CappedFor = TimeSpan.FromMinutes(15);

    /// <param name="policies">Whose workloads are whose, and where each is told.</param>
    /// <param name="rows">The rows of all targets.</param>
    /// <param name="fleet">The fleet's row.</param>
    /// <param name="now">When this tick began.</param>
    /// <param name="options">How this installation runs.</param>
    public static IReadOnlyList<HeldAlert> Of(PolicySet policies, IReadOnlyList<TargetRow> rows, FleetRow fleet, DateTimeOffset now, CycleOptions options)
    {
        if (policies.AlertChannels.Count == 0)
        {
            return [];
        }

        List<Alert> alerts =
        [
            .. OfFleet(fleet, policies, now),
            .. OfTargets(rows, row => row.Quarantine?.Since, "quarantine", AlertUrgency.Critical, "are in quarantine", row => QuarantineTransitions.Text(row.Target, row.Quarantine!), row => $"sf resume {row.Target.Name} --reason …", Owner, now),
            .. OfTargets(rows, row => row.Foreign?.ToldAt, "operation", AlertUrgency.Warning, "are held up by operations that are not ours", row => ForeignOperationTransitions.Text(row.Target, row.Foreign!), _ => "", Owner, now),
            .. OfTargets(
                rows, row => StoppedMachines.Alert(row, fleet.KillSwitch, options.ModeCeiling, now) is null ? null : row.Restage!.StartedAt, "stopped", AlertUrgency.Critical, "are stopped for a size and stay so",
                row => StoppedMachines.Alert(row, fleet.KillSwitch, options.ModeCeiling, now)!, _ => "", Owner, now),
            .. OfTargets(
                rows, row => OffStandings.Alert(row, now, options.Interval) is null ? null : row.Off!.Edge, "forgotten", AlertUrgency.Critical, "are off, and nothing looks after them",
                row => OffStandings.Alert(row, now, options.Interval)!, _ => "", Owner, now),
            .. OfTargets(
                rows, row => row.Off is { IsLateTold: true } off ? off.DownAt ?? off.Edge : null, "late", AlertUrgency.Critical, "do not keep their schedule", LateText,
                row => $"sf snooze {row.Target.Name} --for 2h --reason …", Owner, now),
            .. OfTargets(
                rows, row => BudgetUse.IsLate(row, now) ? row.Budget!.RestoresSince : null, "unrestored", AlertUrgency.Critical, "are not back after a step of a budget",
                BudgetUse.LateText, _ => "", Owner, now),
            .. OfTargets(
                rows, row => BudgetUse.IsGivenUp(row) ? row.Budget!.GivenUpAt : null, "given-up", AlertUrgency.Critical, "did not come back after a step of a budget",
                BudgetUse.LateText, _ => "", Owner, now),
            .. Capped(rows, now),
        ];
        return [.. alerts.Select(alert => new HeldAlert(alert, AlertRoutes.Of(policies, alert.Owner, [])))];

        string Owner(TargetRow row) => policies.Deciding.OrderByDescending(set => set.Version == row.Trial?.Version)
            .SelectMany(set => set.Workloads).FirstOrDefault(workload => workload.Name == row.Standing?.Workload)?.Owner ?? "";
    }

    /// <summary>The command that puts off what is about something.</summary>
    internal static string Snooze(string about) => $"sf alerts snooze \"{about}\" --for 24h --reason …";

    private static IEnumerable<Alert> OfFleet(FleetRow fleet, PolicySet policies, DateTimeOffset now)
    {
        foreach (var asked in fleet.Approvals.Where(each => each.IsPending(now)))
        {
            yield return Fleet(
                $"approval|{asked.Id}", AlertUrgency.Critical, $"a person's yes is waited for: {asked.What}", $"{asked.RequestedBy} asks; without an answer until {asked.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC it {(asked.CountsBySilence ? "counts as so" : "is not done")}. Say yes: sf approvals approve {asked.Id}",
                asked.Id, asked.CreatedAt, $"sf approvals deny {asked.Id} --reason …");
        }

        foreach (var shortage in fleet.Shortages.Where(each => !each.IsOver(now)))
        {
            yield return Fleet(
                $"shortage|{shortage.Subscription}|{shortage.Region}|{shortage.Sku}|{shortage.Pool}|{shortage.Only}|{shortage.Since:O}", AlertUrgency.Warning, shortage.Text,
                $"refused {shortage.Times} times since {shortage.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC", shortage.Only ?? $"/subscriptions/{shortage.Subscription}", shortage.Since);
        }

        foreach (var denial in fleet.Denials)
        {
            yield return Fleet(
                $"denial|{denial.Subscription}|{denial.ResourceType}|{denial.Code}|{denial.Since:O}", AlertUrgency.Critical, denial.Text, $"since {denial.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC", $"/subscriptions/{denial.Subscription}", denial.Since);
        }

        foreach (var anomaly in fleet.SpendAnomalies)
        {
            yield return Of(anomaly, policies);
        }

        if (fleet.Shrink is { } shrink && !shrink.IsAccepted(now))
        {
            yield return Fleet($"shrink|{shrink.Since:O}", AlertUrgency.Critical, shrink.Text, "resources that were there are not listed any more", "inventory", shrink.Since, "sf inventory accept --reason …");
        }

        if (fleet.PolicyTrouble is { } trouble)
        {
            yield return Fleet(
                $"policies|{trouble.Since:O}", AlertUrgency.Critical, "the policy files cannot be used; an earlier set of them is in force", $"{trouble.Why}; it is acted by until {trouble.ActsUntil.UtcDateTime:yyyy-MM-dd HH:mm} UTC", "policies", trouble.Since);
        }

        if (fleet.Rollout is { Halt: { } halt } rollout)
        {
            yield return Fleet(
                $"rollout|{rollout.Next}|{halt.At:O}", AlertUrgency.Critical, $"the rollout of policy set {rollout.Next[..12]} is halted in the ring '{rollout.Current.Name}'; the set before it counts for all",
                $"{halt.Why}; {halt.By} halted it", "rollout", halt.At, "sf rollout promote --reason …");
        }

        if (fleet.Rollout is { Halt: null } slow && now - slow.Since > (2 * slow.Current.Soak) + TimeSpan.FromHours(1))
        {
            yield return Fleet(
                $"rollout|{slow.Next}|{slow.Since:O}", AlertUrgency.Warning, $"policy set {slow.Next[..12]} does not come out of the ring '{slow.Current.Name}'",
                $"it has it since {slow.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC; not met: {slow.Unmet}",
                "rollout", slow.Since, "sf rollout promote --reason …");
        }

        if (fleet.PoisonedMessages > 0)
        {
            yield return Fleet(
                $"poison|{fleet.PoisonedMessages}", AlertUrgency.Warning, $"{fleet.PoisonedMessages} messages that failed again and again were put aside into the poison queues",
                "what they asked for is looked at again by each tick, but why they failed needs a person", "queues", now);
        }

        if (fleet.KillSwitch is { IsSet: true } stop)
        {
            yield return Fleet($"kill-switch|{stop.At:O}", AlertUrgency.Warning, $"the kill switch is set by {stop.By}: nothing is changed", stop.Reason, "kill-switch", stop.At ?? now, "sf kill-switch off --reason …");
        }
    }

    private static Alert Of(SpendAnomaly anomaly, PolicySet policies)
    {
        var owner = policies.CostMonitoring.FirstOrDefault(policy => anomaly.Name.StartsWith($"{policy.Name}/", StringComparison.Ordinal))?.Owner ?? "";
        var causes = anomaly.Causes.Count == 0 ? "nobody knows by what" : string.Join("; ", anomaly.Causes.Select(cause => $"{cause.Resource[(cause.Resource.LastIndexOf('/') + 1)..]}: {cause.What}"));
        return new Alert
        {
            Fact = $"spend|{anomaly.Name}|{anomaly.Since:O}",
            Owner = owner,
            Urgency = AlertUrgency.Warning,
            What = FormattableString.Invariant($"{anomaly.Name} spends {anomaly.PerHour:#,##0.00} {anomaly.Currency} an hour, usual are {anomaly.UsualPerHour:#,##0.00}"),
            Why = FormattableString.Invariant($"{causes}; up to {anomaly.MostPerHour:#,##0.00} {anomaly.Currency} an hour would be no anomaly"),
            About = anomaly.Name,
            Money = new AlertMoney(anomaly.PerHour - anomaly.UsualPerHour, anomaly.Currency, "more an hour than at this hour of other days, counted from instances and prices", anomaly.Since),
            Snooze = Snooze(anomaly.Name),
            At = anomaly.Since,
        };
    }

    /// <summary>An alert for each target, or one for all of an owner where many have the same trouble.</summary>
    private static IEnumerable<Alert> OfTargets(
        IReadOnlyList<TargetRow> rows, Func<TargetRow, DateTimeOffset?> since, string kind, AlertUrgency urgency, string are, Func<TargetRow, string> text, Func<TargetRow, string> undo,
        Func<TargetRow, string> owner, DateTimeOffset now) =>
        rows.Where(row => since(row) is not null).GroupBy(owner).SelectMany(group => group.Count() <= MostAlone
            ? group.Select(row => new Alert
            {
                Fact = $"{kind}|{row.Target.Key}|{since(row):O}",
                Owner = group.Key,
                Urgency = urgency,
                What = text(row),
                Why = $"found at {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC, so since {since(row)!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
                About = row.Target.Value,
                Undo = undo(row),
                Snooze = Snooze(row.Target.Value),
                At = since(row)!.Value,
            })
            : [Many(kind, urgency, group.Key, [.. group.Select(row => row.Target)], are, now)]);

    private static Alert Many(string kind, AlertUrgency urgency, string owner, IReadOnlyList<TargetId> targets, string are, DateTimeOffset now) => new()
    {
        // By the day, so that a trouble that stays is told again each morning, and not each time one more target has it.
        Fact = $"{kind}|many|{now.UtcDateTime:yyyyMMdd}",
        Owner = owner,
        Urgency = urgency,
        What = $"{targets.Count} targets {are}",
        Why = $"{string.Join(", ", targets.Take(MostAlone).Select(target => target.Name))} and {targets.Count - MostAlone} more; 'sf why TARGET' tells of each",
        About = kind,
        Snooze = Snooze(kind),
        At = now,
    };

    private static string LateText(TargetRow row)
    {
        var off = row.Off!;
        return off.DownAt is null && off.ReturningSince is null
            ? $"{row.Target.Name} does not keep its schedule: it should be off since {off.Edge.UtcDateTime:yyyy-MM-dd HH:mm} UTC"
            : $"{row.Target.Name} is not back in time: {off.Instances} of {off.Size} were to be ready{(off.ReadyAt is { } ready ? $" by {ready.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "")}. It is tried again; please look";
    }

    private static IEnumerable<Alert> Capped(IReadOnlyList<TargetRow> rows, DateTimeOffset now)
    {
        var held = rows.Where(row => row.Spans is [.., { } last] && last.Case.StartsWith($"held/{nameof(FleetGuard)}/", StringComparison.Ordinal) && now - last.From >= CappedFor).ToList();
        return held.Count == 0 ? [] :
        [
            Fleet(
                $"cap|{now.UtcDateTime:yyyyMMdd}", AlertUrgency.Critical,
                held.Count == 1 ? $"{held[0].Target.Name} gets no more instances: a cap of the fleet is reached" : $"{held.Count} targets get no more instances: a cap of the fleet is reached",
                string.Join("; ", held.Take(MostAlone).Select(row => $"{row.Target.Name}: {row.Spans[^1].Reason}")), "fleet cap", now),
        ];
    }

    private static Alert Fleet(string fact, AlertUrgency urgency, string what, string why, string about, DateTimeOffset at, string undo = "") => new()
    {
        Fact = fact,
        Owner = "",
        Urgency = urgency,
        What = what,
        Why = why,
        About = about,
        Undo = undo,
        Snooze = Snooze(about),
        At = at,
    };
}
