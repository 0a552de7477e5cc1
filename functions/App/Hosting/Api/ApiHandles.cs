using ScaleFunctions.App.Commands.Plans;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What the API does: evaluate, pause, stop everything (<c>ApiOperate</c>), and what needs an approver (<c>ApiApprove</c>).</summary>
internal sealed class ApiHandles(
    RowStore rows, ScalingCycle cycle, ApiReads reads, ITargetInventory inventory, IPolicySource policies, CycleOptions options,
    IEnumerable<ICycleObserver> observers, TimeProvider time)
{
    private const int LongestApproval = 60;
    public const int LongestText = 500;

    /// <summary>Evaluates now. Raises are carried out when asked for; the same guards hold as in a tick.</summary>
    public async Task<ApiAnswer> EvaluateAsync(EvaluateCall call, CancellationToken cancellationToken)
    {
        var current = await policies.CurrentAsync(cancellationToken);
        var seen = await inventory.ListAsync(cancellationToken);
        if ((call.Targets ?? []).Where(wanted => !seen.Targets.Any(target => Is(wanted, target.Id))).ToList() is { Count: > 0 } unknown)
        {
            return ApiAnswer.Of(ApiProblem.NotFound(
                $"no target is called '{string.Join("', '", unknown)}'; GET api/v1/targets lists them with their ids"));
        }

        if (!call.Act)
        {
            var rehearsal = await cycle.RehearseAsync(current, cancellationToken);
            return Answer(acted: false, 0, [.. PlanLine.Of(rehearsal).Where(line => IsWanted(call, TargetId.Parse(line.Id)))]);
        }

        var now = time.GetUtcNow();
        var batch = await cycle.EvaluateAsync(
            current,
            new EvaluateRequest
            {
                TickId = "manual",
                TickAt = now,
                ExpiresAt = now + options.Interval,
                Batch = 0,
                InventoryDoubt = InventoryWatch.Doubt(seen, await rows.ReadFleetAsync(cancellationToken)),
                Targets = [.. seen.Targets.Where(target => IsWanted(call, target.Id))],
                Rooms = await cycle.RoomsAsync(current, seen, cancellationToken),
            },
            cancellationToken);
        observers.Tell(batch.Report);
        return Answer(acted: true, batch.Report.Writes, [.. batch.Report.Targets.Select(PlanLine.Of)]);
    }

    public async Task<ApiAnswer> PauseAsync(string nameOrId, HandleCall call, bool isPause, CancellationToken cancellationToken)
    {
        if (Wrong(call) is { } problem)
        {
            return problem;
        }

        if (await reads.FindAsync(nameOrId, cancellationToken) is not { } found)
        {
            return ApiReads.NoTarget(nameOrId);
        }

        var now = time.GetUtcNow();
        var until = call.Minutes is { } minutes ? now.AddMinutes(minutes) : (DateTimeOffset?)null;
        var pause = isPause ? new TargetPause(call.By, call.Reason, now, until) : null;
        await rows.ChangeTargetAsync(found.Target, row => row.SetPause(pause, call.By, call.Reason, now), cancellationToken);
        return Done($"{found.Target.Name} is {(isPause ? "paused" : "resumed")}", isPause ? until : null);
    }

    /// <summary>Keeps a target on in off-hours for a while, at most as long as its policy allows.</summary>
    public async Task<ApiAnswer> SnoozeAsync(string nameOrId, HandleCall call, CancellationToken cancellationToken)
    {
        if (Wrong(call) is { } problem)
        {
            return problem;
        }

        var now = time.GetUtcNow();
        return call.Minutes is not { } minutes || TimeSpan.FromMinutes(minutes) > Snooze.Longest
            ? ApiAnswer.Of(ApiProblem.BadRequest($"'minutes' is needed, at most {Snooze.Longest.TotalMinutes:0}: a snooze always ends by itself"))
            : await SetSnoozeAsync(nameOrId, new Snooze(call.By, call.Reason, now, now.AddMinutes(minutes)), call, now, cancellationToken);
    }

    public async Task<ApiAnswer> EndSnoozeAsync(string nameOrId, HandleCall call, CancellationToken cancellationToken) =>
        Wrong(call) ?? await SetSnoozeAsync(nameOrId, null, call, time.GetUtcNow(), cancellationToken);

    /// <summary>Brings a target back from off-hours now, until its hours begin or for as long as is said.</summary>
    public async Task<ApiAnswer> WakeAsync(string nameOrId, HandleCall call, CancellationToken cancellationToken)
    {
        if (Wrong(call) is { } problem)
        {
            return problem;
        }

        var span = call.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : (TimeSpan?)null;
        if (span > Snooze.Longest)
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"'minutes' is at most {Snooze.Longest.TotalMinutes:0}: what is needed for longer belongs into the policy"));
        }

        if (await reads.FindAsync(nameOrId, cancellationToken) is not { } found)
        {
            return ApiReads.NoTarget(nameOrId);
        }

        return await new Wakes(rows).WakeAsync(found.Target, span, call.By, call.Reason, time.GetUtcNow(), cancellationToken) switch
        {
            WakeAnswer.Woken { Snooze: var given, Note: var note } => Done($"{found.Target.Name} is brought back from off-hours{(note.Length > 0 ? $"; {note}" : "")}", given.Until),
            WakeAnswer.Refused { Why: var why } => ApiAnswer.Of(ApiProblem.Conflict(why)),
            _ => throw new InvalidOperationException("nothing came of it"),
        };
    }

    private async Task<ApiAnswer> SetSnoozeAsync(string nameOrId, Snooze? snooze, HandleCall call, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await reads.FindAsync(nameOrId, cancellationToken) is not { } found)
        {
            return ApiReads.NoTarget(nameOrId);
        }

        var changed = await rows.ChangeTargetAsync(found.Target, row => row.SetSnooze(snooze, call.By, call.Reason, now), cancellationToken);
        return snooze is null
            ? Done($"{found.Target.Name} is put off in off-hours again", null)
            : Done($"{found.Target.Name} is kept on in off-hours for a while", changed.Snooze?.Until);
    }

    /// <summary>Gives a target other bounds for a while.</summary>
    public async Task<ApiAnswer> OverrideAsync(string nameOrId, OverrideCall call, CancellationToken cancellationToken)
    {
        if (Wrong(new HandleCall(call.By, call.Reason, call.Minutes)) is { } problem)
        {
            return problem;
        }

        if (BoundsOverride.Problem(call.Minimum, call.Maximum, TimeSpan.FromMinutes(call.Minutes ?? 0)) is { } wrong)
        {
            return ApiAnswer.Of(ApiProblem.BadRequest(call.Minutes is null ? "'minutes' is needed: an override always ends by itself" : wrong));
        }

        var now = time.GetUtcNow();
        return await SetOverrideAsync(
            nameOrId, new BoundsOverride(call.By, call.Reason, now, now.AddMinutes(call.Minutes!.Value), call.Minimum, call.Maximum),
            (call.By, call.Reason), now, cancellationToken);
    }

    public async Task<ApiAnswer> EndOverrideAsync(string nameOrId, HandleCall call, CancellationToken cancellationToken) =>
        Wrong(call) ?? await SetOverrideAsync(nameOrId, null, (call.By, call.Reason), time.GetUtcNow(), cancellationToken);

    private async Task<ApiAnswer> SetOverrideAsync(
        string nameOrId, BoundsOverride? given, (string By, string Reason) who, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await reads.FindAsync(nameOrId, cancellationToken) is not { } found)
        {
            return ApiReads.NoTarget(nameOrId);
        }

        await rows.ChangeTargetAsync(found.Target, row => row.SetOverride(given, who.By, who.Reason, now), cancellationToken);
        return Done(given is null ? $"{found.Target.Name} has the bounds of its policy again" : $"{found.Target.Name} has other bounds for a while", given?.Until);
    }

    public async Task<ApiAnswer> KillSwitchAsync(HandleCall call, bool isSet, CancellationToken cancellationToken)
    {
        if (Wrong(call) is { } problem)
        {
            return problem;
        }

        await rows.ChangeFleetAsync(row => row.SetKillSwitch(isSet, call.By, call.Reason, time.GetUtcNow()), cancellationToken);
        return Done(isSet ? "the kill switch is set; nothing is written" : "the kill switch is cleared", null);
    }

    /// <summary>Lets lowerings beyond the cap be made for a while.</summary>
    public async Task<ApiAnswer> ApproveLoweringsAsync(HandleCall call, CancellationToken cancellationToken)
    {
        if (Wrong(call) is { } problem)
        {
            return problem;
        }

        if (call.Minutes is not (>= 1 and <= LongestApproval))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"'minutes' is needed, 1 to {LongestApproval}"));
        }

        var now = time.GetUtcNow();
        var approval = new LoweringApproval(call.By, call.Reason, now.AddMinutes(call.Minutes.Value));
        await rows.ChangeFleetAsync(row => row.Approve(approval, now), cancellationToken);
        return Done("lowerings beyond the cap are approved; they are spread over ticks", approval.Until);
    }

    /// <summary>Takes the smaller inventory for what there is, from the next tick on.</summary>
    public async Task<ApiAnswer> ConfirmInventoryAsync(HandleCall call, CancellationToken cancellationToken)
    {
        if (Wrong(call) is { } problem)
        {
            return problem;
        }

        if ((await rows.ReadFleetAsync(cancellationToken)).Shrink is null)
        {
            return ApiAnswer.Of(ApiProblem.NotFound("nothing is missing from the inventory"));
        }

        var now = time.GetUtcNow();
        await rows.ChangeFleetAsync(row => row.Shrink is null ? row : row.ConfirmShrink(call.By, call.Reason, now), cancellationToken);
        return Done("the smaller inventory counts from the next tick on", null);
    }

    internal static ApiAnswer? Wrong(HandleCall call) =>
        !IsText(call.By) || !IsText(call.Reason) || call.Minutes is <= 0 or > 60 * 24 * 366
            ? ApiAnswer.Of(ApiProblem.BadRequest(
                $"'by' and 'reason' are needed, at most {LongestText} characters each; 'minutes', when given, is positive and at most a year"))
            : null;

    private static bool IsText(string? text) => text is { Length: <= LongestText } && !string.IsNullOrWhiteSpace(text);

    private static bool IsWanted(EvaluateCall call, TargetId target) =>
        call.Targets is null or [] || call.Targets.Any(wanted => Is(wanted, target));

    private static bool Is(string wanted, TargetId target) =>
        string.Equals(wanted, target.Name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(wanted, target.Value, StringComparison.OrdinalIgnoreCase);

    private static ApiAnswer Answer(bool acted, int writes, IReadOnlyList<PlanLine> lines) =>
        ApiAnswer.Ok(new EvaluateAnswer(acted, writes, lines), ApiJson.Default.EvaluateAnswer);

    private static ApiAnswer Done(string what, DateTimeOffset? until) =>
        ApiAnswer.Ok(new HandleAnswer(what, until), ApiJson.Default.HandleAnswer);
}
