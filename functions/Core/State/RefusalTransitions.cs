using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.State;

/// <summary>How a target's row changes by what Azure refuses again and again: told when it begins and when it is over, not each time.</summary>
internal static class RefusalTransitions
{
    /// <summary>What the end of an action on the count means for what Azure refuses. An end that proves nothing changes nothing.</summary>
    public static TargetRow LearnRefusal(this TargetRow row, Intent intent, IntentEnd end, DateTimeOffset now) => (row.Refusal, end) switch
    {
        (_, IntentEnd.Rejected { Class: var failure } refused) when RefusalBackOff.Applies(failure) => Refuse(row, intent, refused, now),
        ({ } over, IntentEnd.Done or IntentEnd.Failed or IntentEnd.TimedOut) => (row with { Refusal = null }).Tell(
            now, JournalKind.Refusal, intent.Actor, $"Azure takes our writes again, after {ReasonText.Times(over.Times)} since {over.Since:u}",
            new RefusalFacts(over.Code, over.Times, Until: null), FactsJson.Default.RefusalFacts),
        (not null, IntentEnd.Gone) => row with { Refusal = null },
        _ => row,
    };

    private static TargetRow Refuse(TargetRow row, Intent intent, IntentEnd.Rejected refused, DateTimeOffset now)
    {
        var grounds = intent.Grounds ?? RefusalGrounds.None;
        var earlier = row.Refusal is { } last && !grounds.DifferFrom(last.Grounds) ? last : null;
        var times = (earlier?.Times ?? 0) + 1;
        var refusal = new PastRefusal
        {
            Grounds = grounds,
            Desired = intent.Desired ?? intent.Goal,
            Code = refused.Code,
            Message = refused.Message,
            IsForbidden = refused.Class == FailureClass.Forbidden,
            ResourceType = (intent.Setting ?? row.Target).ResourceType,
            Times = times,
            Since = earlier?.Since ?? now,
            At = now,
            OthersUntil = now + RefusalBackOff.After(refused.Class, 1),
            Until = now + RefusalBackOff.After(refused.Class, times),
        };
        var next = row with { Refusal = refusal };
        return earlier is not null ? next : next.Tell(
            now, JournalKind.Refusal, intent.Actor,
            $"{(refused.Class == FailureClass.Other ? "our writes are refused" : "Azure refuses our writes")} ({refused.Class}, {refused.Code}): {refused.Message}. Somebody has to mend that; until then they are tried again ever more rarely, next at {refusal.Until:u}, or when policies, tags or rights change",
            new RefusalFacts(refused.Code, times, refusal.Until), FactsJson.Default.RefusalFacts);
    }
}
