using System.Diagnostics;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Carries a plan out: read, write down, mark as sent, send once, remember the answer. Every step that matters is a
/// conditional write of the target's row; a row somebody else touched ends the attempt before anything is sent.
/// </summary>
public sealed class ActionRunner(RowStore rows, IReadOnlyList<ITargetKind> kinds, CycleOptions options, TimeProvider time)
{
    /// <summary>
    /// How long after its read an action may still be sent. With the client's time-out of 30 s this leaves a minute of
    /// <see cref="Settlement.ArrivalDoubt"/> for what is under way: a write that leaves later could arrive after the action
    /// was settled as never landed.
    /// </summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);

    private readonly ShortageLessons _shortages = new(rows, options, time);

    /// <summary>The outcome of one attempt.</summary>
    /// <param name="Row">The row as last written.</param>
    /// <param name="IsSent">Whether the write left for Azure.</param>
    /// <param name="Text">What became of it, when it was not plainly accepted.</param>
    public sealed record Attempt(TargetRow Row, bool IsSent, string Text)
    {
        /// <summary>Whether somebody else wrote the row meanwhile, so that it may be tried again at once.</summary>
        public bool IsOutrun { get; init; }

        /// <summary>What others of the place need not ask for either; absent when Azure said nothing of the kind.</summary>
        public SizeShortage? Shortage { get; init; }
    }

    /// <summary>Acts on a plan. Once the action is marked as sent, cancellation no longer interrupts it: the answer counts.</summary>
    public Task<Attempt> ActAsync(
        TargetRow row, Plan plan, TargetEvaluation evaluation, string policyVersion, CancellationToken cancellationToken) =>
        ActAsync(row, ActionOrder.Of(plan, evaluation, policyVersion), cancellationToken);

    /// <summary>Carries out an order, likewise.</summary>
    internal async Task<Attempt> ActAsync(TargetRow row, ActionOrder order, CancellationToken cancellationToken)
    {
        var resource = order.Resource;
        if (KindOf(resource) is not { } kind)
        {
            return new Attempt(row, IsSent: false, $"nothing here can write a {resource.ResourceType}");
        }

        using var activity = CycleActivity.Change(row.Target, order);
        var attempt = await ActAsync(kind, row, order, cancellationToken).ConfigureAwait(false);
        activity?.SetTag("scalefunctions.outcome", attempt.IsSent ? "sent" : "not_sent");
        activity?.SetStatus(attempt.Text.Length == 0 ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        return attempt;
    }

    private async Task<Attempt> ActAsync(ITargetKind kind, TargetRow row, ActionOrder order, CancellationToken cancellationToken)
    {
        var resource = order.Resource;
        var reading = await ReadAsync(kind, resource, cancellationToken).ConfigureAwait(false);
        if (reading is not CapacityReading.Read read || order.WhyNot(reading) is not null)
        {
            return new Attempt(row, IsSent: false, order.WhyNot(reading)!);
        }

        var intent = new Intent
        {
            Epoch = row.Epoch + 1,
            Phase = IntentPhase.Opened,
            Base = read,
            Goal = order.Goal ?? read.Capacity,
            Setting = order.IsFloor ? resource : null,
            Size = order.Size,
            RollOut = order.RollOut,
            Upgrade = order.Upgrade,
            Instances = order.Instances,
            OpenedAt = time.GetUtcNow(),
            ExpiresAt = order.ExpiresAt,
            Actor = order.Actor ?? options.Worker,
            Undoes = order.Undoes,
            IsUnexpected = order.IsUnexpected,
            Region = order.Region,
            Pool = order.Pool,
            Cause = order.Cause,
            PolicyVersion = order.PolicyVersion,
            InputsHash = order.InputsHash,
            Minimum = order.Minimum,
            Maximum = order.Maximum,
            Desired = order.Decided?.Desired,
            Grounds = order.Grounds,
        };

        var (wanted, desired) = order.Decided ?? (intent.Goal, intent.Goal);
        var facts = new DecisionFacts(intent, wanted, desired, intent.Cause, order.Counterfactuals);
        var opened = await StepAsync("action.open", row, current => current.Open(intent, facts, order.IsRenewal), cancellationToken).ConfigureAwait(false);
        if (opened is null)
        {
            return new Attempt(row, IsSent: false, "the target's row was changed by somebody else") { IsOutrun = true };
        }

        var now = time.GetUtcNow();
        if (now >= intent.ExpiresAt)
        {
            return await GiveUpAsync(opened, "it had expired").ConfigureAwait(false);
        }

        var sent = await StepAsync("action.send", opened, current => current.Send(now), cancellationToken).ConfigureAwait(false);
        if (sent is null)
        {
            return new Attempt(opened, IsSent: false, "the target's row was changed by somebody else") { IsOutrun = true };
        }

        // The last thing before the write: storing the mark may have taken as long as it liked.
        return await WhyNotToSendAsync(sent, intent, cancellationToken).ConfigureAwait(false) is { } why
            ? await GiveUpAsync(sent, why).ConfigureAwait(false)
            : await WriteAsync(kind, sent, intent).ConfigureAwait(false);
    }

    /// <summary>Finds out how an open action ended; the row is unchanged as long as nobody can know.</summary>
    public async Task<(TargetRow Row, IntentEnd? End)> SettleAsync(TargetRow row, CancellationToken cancellationToken)
    {
        if (row.Intent is not { } intent || KindOf(intent.Setting ?? row.Target) is not { } kind)
        {
            return (row, null);
        }

        using var activity = CycleActivity.Source.StartActivity("action.settle");
        CapacityReading reading = new CapacityReading.Unreadable("never sent", time.GetUtcNow());
        OperationReading? operation = null;
        if (intent.Phase != IntentPhase.Opened)
        {
            operation = intent.Operation is { } url
                ? await kind.ReadOperationAsync(url, cancellationToken).ConfigureAwait(false)
                : null;
            reading = await kind.ReadAsync(intent.Setting ?? row.Target, cancellationToken).ConfigureAwait(false);
        }

        var end = Settlement.Judge(intent, reading, operation, time.GetUtcNow());
        if (end is null)
        {
            return (row, null);
        }

        var ended = await StepAsync("action.end", row, current => current.End(end, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        if (ended is null)
        {
            return (row, null);
        }

        CycleMeter.Ended(intent, end);
        await _shortages.LearnAsync(row, intent, end, cancellationToken).ConfigureAwait(false);
        return (ended, end);
    }

    /// <summary>Answers the open check of a target, when it can be answered.</summary>
    public async Task<(TargetRow Row, CheckEnd? End)> CheckAsync(TargetRow row, CancellationToken cancellationToken)
    {
        if (row.Check is not { } check || row.Intent is not null || KindOf(row.Target) is not { } kind)
        {
            return (row, null);
        }

        using var activity = CycleActivity.Source.StartActivity("action.check");
        var instances = await kind.ReadInstancesAsync(row.Target, cancellationToken).ConfigureAwait(false);
        if (ArrivalCheck.Judge(check, instances, time.GetUtcNow()) is not { } end)
        {
            return (row, null);
        }

        var ended = await rows.WriteAsync(row.EndCheck(end, time.GetUtcNow(), options.Worker), cancellationToken).ConfigureAwait(false);
        return ended is null ? (row, null) : (ended, end);
    }

    private static async Task<CapacityReading> ReadAsync(ITargetKind kind, TargetId target, CancellationToken cancellationToken)
    {
        using var activity = CycleActivity.Source.StartActivity("action.read");
        return await kind.ReadAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> WhyNotToSendAsync(TargetRow sent, Intent intent, CancellationToken cancellationToken)
    {
        var stop = await rows.ReadStopAsync(cancellationToken).ConfigureAwait(false);
        if (stop is not WriteStop.None)
        {
            return "the kill switch is set or cannot be read";
        }

        var now = time.GetUtcNow();
        return sent.Pause?.IsActive(now) == true ? "the target is paused"
            : now >= intent.ExpiresAt ? "it had expired"
            : now - intent.Base.At >= FreshFor ? "the read it was computed from is too old"
            : null;
    }

    private async Task<Attempt> GiveUpAsync(TargetRow unsent, string why)
    {
        var end = new IntentEnd.NotSent(why);
        var ended = await StepAsync("action.end", unsent, row => row.End(end, time.GetUtcNow()), CancellationToken.None).ConfigureAwait(false);
        if (ended is not null)
        {
            CycleMeter.Ended(unsent.Intent!, end);
        }

        return new Attempt(ended ?? unsent, IsSent: false, $"not sent: {why}");
    }

    private async Task<Attempt> WriteAsync(ITargetKind kind, TargetRow sent, Intent intent)
    {
        WriteResult result;
        using (var activity = CycleActivity.Source.StartActivity("action.write"))
        {
            result = await (intent.Upgrade is { } instances
                ? UpgradeAsync(kind, new InstanceUpgrade(sent.Target, instances))
                : kind.WriteAsync(
                    new CapacityWrite(intent.Setting ?? sent.Target, intent.Goal, intent.Base.ETag) { From = intent.Base.Capacity, Size = intent.Size },
                    CancellationToken.None)).ConfigureAwait(false);
            activity?.SetTag("result", result.GetType().Name);
        }

        // A lost race for the row cannot undo what was sent: settling finds it by the Sent mark.
        var (step, next, text, end) = After(result);
        var row = await StepAsync(step, sent, next, CancellationToken.None).ConfigureAwait(false);
        if (row is not null && end is not null)
        {
            CycleMeter.Ended(intent, end);
        }

        return new Attempt(row ?? sent, IsSent: true, text)
        {
            Shortage = end is null ? null : await _shortages.LearnAsync(sent, intent, end, CancellationToken.None).ConfigureAwait(false),
        };
    }

    private static Task<WriteResult> UpgradeAsync(ITargetKind kind, InstanceUpgrade upgrade) => kind is ISizedKind sized
        ? sized.UpgradeAsync(upgrade, CancellationToken.None)
        : Task.FromResult<WriteResult>(new WriteResult.Rejected(FailureClass.Invalid, "NoSizes", $"nothing here can bring instances of a {upgrade.Target.ResourceType} up to date"));

    private (string Step, Func<TargetRow, TargetRow> Next, string Text, IntentEnd? End) After(WriteResult result) => result switch
    {
        WriteResult.Accepted accepted => ("action.accept", row => row.Accept(accepted.Operation, time.GetUtcNow()), "", null),
        WriteResult.Unknown unknown => ("action.doubt", row => row.Doubt(unknown.Reason, time.GetUtcNow()), $"outcome unknown: {unknown.Reason}", null),
        WriteResult.Rejected rejected => Ended(new IntentEnd.Rejected(rejected.Class, rejected.Code, rejected.Message)),
        _ => Ended(new IntentEnd.Stale()),
    };

    private (string Step, Func<TargetRow, TargetRow> Next, string Text, IntentEnd? End) Ended(IntentEnd end) =>
        ("action.end", row => row.End(end, time.GetUtcNow()), ReasonText.Of(end), end);

    /// <summary>One conditional write of the row, as a span of its own.</summary>
    private async Task<TargetRow?> StepAsync(
        string name, TargetRow row, Func<TargetRow, TargetRow> change, CancellationToken cancellationToken)
    {
        using var activity = CycleActivity.Source.StartActivity(name);
        var written = await rows.WriteAsync(change(row), cancellationToken).ConfigureAwait(false);
        activity?.SetStatus(written is null ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
        return written;
    }

    internal ISizedKind? SizedKindOf(TargetId target) => KindOf(target) as ISizedKind;

    /// <summary>What reads and writes a resource; nothing for what nothing here can write.</summary>
    internal ITargetKind? KindOf(TargetId target) => kinds.FirstOrDefault(kind => kind.Serves(target.ResourceType));
}
