using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Decisions.Usage;

/// <summary>
/// Decides what off-hours ask of a target. It looks at what hours it is, not at whether an edge was just passed: so a return that was
/// missed is made up for whenever we look next. A stop is not, beyond a while, for whoever works by then was not warned. What a person
/// does in between counts until the next edge.
/// </summary>
/// <example>
/// On from 07:00 to 19:00, stopped in between, 6 instances; a start takes 5 minutes, so it begins at 06:55:
/// <code>
/// 19:00  6   lowered to 0; remembered: 6
/// 21:00  0   stays
/// 21:30  2   a person started them: left alone until the morning
/// 06:55  2   back to 6, and with the size they had
/// 07:10  6   forgotten: the load decides
///
/// 20:05  6   first looked at now: the stop of 19:00 is left out, 65 minutes are more than an hour
/// 09:00  0   first looked at since 20:00: back to 6 at once, and told, for it is late
/// </code>
/// </example>
public static class OffHours
{
    /// <summary>What is not back so long before it must be is told while something can still be done.</summary>
    public static readonly TimeSpan AlarmAhead = TimeSpan.FromMinutes(2);

    /// <summary>Once every size that will do was refused, one of them is asked for each time so long passed.</summary>
    private static readonly TimeSpan BetweenSizes = TimeSpan.FromMinutes(5);

    /// <summary>What is not off so long after it should be is told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public static OffStep Decide(OffContext context)
    {
        var slot = SlotOf(context);
        var step = slot.IsOff ? Rest(context, slot) : Work(context, slot);
        return step with { Note = string.Join("; ", new[] { step.Note, context.Problem, context.Remark }.Where(text => text.Length > 0)) };
    }

    /// <summary>
    /// The hours as they hold for this target: off once its group's turn has come, and on again as early as it has to start to be ready.
    /// While somebody keeps it on it is on, and the end of that is an edge.
    /// </summary>
    public static OffSlot SlotOf(OffContext context)
    {
        if (context is not { Schedule: { } schedule, Terms: { } terms })
        {
            return OffSlot.AlwaysOn;
        }

        var (now, told) = (context.Now, schedule.At(context.Now));
        if (!told.IsOff || told.From is not { } edge)
        {
            return told with { IsOff = false };
        }

        if (context.Snooze is { } snooze && snooze.IsActive(now))
        {
            return new OffSlot(IsOff: false, snooze.Since, snooze.Until);
        }

        var from = edge + context.Ahead;
        if (context.Snooze is { } past && past.Until <= now && past.Until > from)
        {
            from = past.Until;
        }

        // An off time that is shorter than it takes to come back is none.
        var until = told.Until is { } begin ? terms.ReadyAt(begin) - LeadOf(context) - context.Spread - context.Ahead : (DateTimeOffset?)null;
        return now < from ? IsDown(context.Memory) ? new OffSlot(IsOff: true, context.Memory!.Edge, until) : new OffSlot(IsOff: false, null, from)
            : until <= now || until <= from ? new OffSlot(IsOff: false, until, null)
            : new OffSlot(IsOff: true, from, until);
    }

    public static TimeSpan LeadOf(OffContext context) => context.Terms?.Lead ?? StartLead.Of(context.StartSeconds);

    /// <summary>When it must be back from the off time it is in, or that has just ended; absent when nothing says so.</summary>
    private static DateTimeOffset? ReadyAt(OffContext context) =>
        context is { Schedule: { } schedule, Terms: { } terms } && schedule.At(context.Now) is { IsOff: true, Until: { } begin } ? terms.ReadyAt(begin) : null;

    /// <summary>It is off, or shall be.</summary>
    private static OffStep Rest(OffContext context, OffSlot slot)
    {
        var (now, edge) = (context.Now, slot.From!.Value);
        var told = "";
        if (context.Memory is not { } memory || memory.Edge != edge)
        {
            (memory, told) = Begin(context, edge);
        }

        // What was told of a return says nothing of a stop.
        memory = memory with
        {
            ReadyAt = ReadyAt(context),
            ReturningSince = null,
            Tries = memory.ReturningSince is null ? memory.Tries : 0,
            Goal = context.Terms!.Instances,
            IsLateTold = memory.ReturningSince is null && memory.IsLateTold,
        };
        if (memory.IsMissed)
        {
            return new OffStep(null, memory) { Told = told, Note = $"the stop of {ClockText.Of(edge)} was missed, so it is left out" };
        }

        if (memory.IsReleased)
        {
            return new OffStep(new OffWish.Leave(), memory) { Told = told, Note = Released };
        }

        if (context.Current <= memory.Goal)
        {
            var down = memory with { DownAt = memory.DownAt ?? now, IsLateTold = memory.IsLateTold && !HasSize(context) };
            return WithSize(context, new OffStep(Lower(down), down) { Told = told, Note = $"off since {ClockText.Of(edge)}{Back(down)}" });
        }

        if (memory.DownAt is not null && !context.IsOurs && context.IsSettled)
        {
            return new OffStep(new OffWish.Leave(), memory with { IsReleased = true, DownAt = null })
            {
                Told = $"somebody started it in off-hours ({context.Current} where {memory.Goal} were left), so it is left alone until the next edge",
                Note = Released,
                IsRelease = true,
            };
        }

        // As long as nothing was taken away, what is there is what it comes back to.
        if (!memory.IsLowered || context.Current >= memory.Instances)
        {
            memory = memory with { Instances = context.Current, Size = memory.OwesSize || memory.LowSize is not null ? memory.Size : context.Size, IsLowered = false };
        }

        if (context.Problem.Length > 0 && !memory.IsLowered)
        {
            return new OffStep(null, memory) { Told = told };
        }

        if (context.Use is not UseReading.Idle && memory.DownAt is null)
        {
            return new OffStep(null, memory) { Told = told, Note = $"off since {ClockText.Of(edge)}, but not stopped yet: {Why(context.Use)}" };
        }

        return context.IsActing && now - memory.Since >= Patience && memory is { IsLateTold: false, DownAt: null }
            ? new OffStep(Lower(memory), memory with { IsLateTold = true })
            {
                Told = $"schedule not kept: it should be off since {ClockText.Of(edge)} and still has {context.Current} where {memory.Goal} are wanted",
                IsAlarm = true,
            }
            : new OffStep(Lower(memory), memory) { Told = told, Note = $"off since {ClockText.Of(edge)}{Back(memory)}" };
    }

    /// <summary>A new edge. What was put off by one before keeps what it comes back to.</summary>
    private static (OffMemory Memory, string Told) Begin(OffContext context, DateTimeOffset edge)
    {
        var (now, last, terms) = (context.Now, context.Memory, context.Terms!);
        var isDown = IsDown(last);
        var isStill = isDown && context.Current <= terms.Instances;
        var begun = new OffMemory(
            edge,
            isDown ? Math.Max(last!.Instances, context.Current) : context.Current,
            isDown || last is { OwesSize: true } ? last!.Size : context.Size,
            terms.Instances,
            now)
        {
            IsLowered = isDown,
            OwesSize = last is { OwesSize: true },
            DownAt = isStill ? last!.DownAt : null,
            LowSize = last?.LowSize,
        };
        return now - edge <= terms.StopExpires || isStill ? (begun, last?.DownAt is null || isStill ? "" : $"off again since {ClockText.Of(edge)}, with {context.Current} of {begun.Instances} back")
            : (begun with { IsMissed = true }, $"the stop of {ClockText.Of(edge)} was seen {DurationText.Of(Whole(now - edge))} late, more than {DurationText.Of(terms.StopExpires)}: it is left out until the next one");
    }

    /// <summary>It is on, or shall be.</summary>
    private static OffStep Work(OffContext context, OffSlot slot)
    {
        var now = context.Now;
        if (context.Memory is not { } memory || (!memory.OwesSize && memory.LowSize is null && (!IsDown(memory) || memory.Instances <= memory.Goal)))
        {
            // Nothing was taken away, or there was nothing to take.
            return OffStep.None;
        }

        if (memory.OwesSize && !IsDown(memory))
        {
            // It works, with a size that is not its own; that is seen to the next time it is down.
            return Same(context.Size, memory.Size) ? OffStep.None : new OffStep(null, memory);
        }

        var isKept = context.Snooze is { } snooze && snooze.IsActive(now);
        var by = isKept ? now : memory.ReadyAt ?? slot.From ?? now;
        var returning = memory with
        {
            ReturningSince = memory.ReturningSince ?? now,
            ReadyAt = by,
            IsLateTold = memory.ReturningSince is not null && memory.IsLateTold,
            Tries = memory.ReturningSince is null ? 0 : memory.Tries,
        };
        var wanted = Math.Min(memory.Instances, context.Most);
        var isSmall = memory.LowSize is { } low && Same(context.Size, low) && !Same(low, memory.Size);
        if (context.Current >= wanted && context.IsSettled && !isSmall)
        {
            return Back(context, returning, by);
        }

        if (context.HeldBy.Length > 0)
        {
            // That was told by whoever holds it. Its time to come back begins when nothing does any more.
            var ready = now + LeadOf(context) + AlarmAhead;
            return new OffStep(new OffWish.Return(wanted, ready), memory with { ReturningSince = null, ReadyAt = ready, Tries = 0, IsLateTold = false })
            {
                Note = $"back from off-hours once {context.HeldBy} is over",
            };
        }

        var isLate = !isKept && !returning.IsLateTold && now >= by - AlarmAhead;
        return new OffStep(new OffWish.Return(wanted, by), returning with { IsLateTold = returning.IsLateTold || isLate })
        {
            Size = isSmall && context.IsSettled ? NextSize(context, returning) : null,
            Told = isLate
                ? $"not ready: {wanted} of {memory.Size} are wanted by {ClockText.Of(by)}, and {(isSmall ? $"there are {context.Current} of {context.Size}" : context.Current >= wanted ? "they do not all serve yet" : $"there are {context.Current}")}"
                : memory.ReturningSince is null ? $"on its way back to {wanted} of {memory.Size}, to be ready by {ClockText.Of(by)}" : "",
            IsAlarm = isLate,
            Note = "back from off-hours",
        };
    }

    private static OffStep Back(OffContext context, OffMemory memory, DateTimeOffset by)
    {
        var took = DurationText.Of(Whole(context.Now - memory.ReturningSince!.Value));
        var late = context.Now > by && memory.IsLateTold ? $", {DurationText.Of(Whole(context.Now - by))} late" : "";
        var back = context.Most < memory.Instances
            ? $"back with {context.Most} of {memory.Size}, the most its bounds let there be; it was {memory.Instances}"
            : $"back as it was: {memory.Instances} of {memory.Size}";
        return Same(context.Size, memory.Size)
            ? new OffStep(null, null) { Told = $"{back}, {took} after it was begun{late}" }
            : new OffStep(null, memory with { OwesSize = true, IsLowered = false, DownAt = null, LowSize = null, Tries = 0, TriedAt = null, ReturningSince = null, ReadyAt = null, IsLateTold = false })
            {
                Told = $"back with {Math.Min(memory.Instances, context.Most)} of {context.Size}{late}; the size it had, {memory.Size}, it gets again after the next off-hours",
            };
    }

    /// <summary>Once the count is down, the size. One that a person gives it meanwhile stays until the next edge.</summary>
    private static OffStep WithSize(OffContext context, OffStep step)
    {
        var (memory, now, size) = (step.Memory!, context.Now, context.Terms!.Size);
        if (HasSize(context))
        {
            return memory.LowSize is null ? step with { Memory = Known(memory) } : step;
        }

        if (memory.LowSize is not null && context.IsSettled && !Same(context.Size, memory.LowSize) && !Same(context.Size, memory.Size))
        {
            return step with
            {
                Memory = memory with { IsReleased = true, DownAt = null },
                Wish = new OffWish.Leave(),
                Told = $"somebody gave it {context.Size} in off-hours, so it is left alone until the next edge",
                Note = Released,
            };
        }

        var known = memory.LowSize is null ? Known(memory) : memory;
        var isHeld = context.Problem.Length > 0 || context.Use is not UseReading.Idle;
        var isLate = context.IsActing && !isHeld && now - memory.Since >= Patience && !memory.IsLateTold;
        return step with
        {
            Memory = known with { IsLateTold = memory.IsLateTold || isLate },
            Size = isHeld || !context.IsSettled || (known.Tries > 0 && !IsDue(now, known)) ? null : size,
            Told = isLate ? $"schedule not kept: it should have {size} since {ClockText.Of(memory.Edge)} and still has {context.Size}" : step.Told,
            IsAlarm = isLate,
            Note = context.Use is UseReading.Idle ? step.Note : $"off since {ClockText.Of(memory.Edge)}, but it keeps its size yet: {Why(context.Use)}",
        };

        // As long as we asked for no other one, the size it has is what it comes back to.
        OffMemory Known(OffMemory seen) => seen.OwesSize || size.Length == 0 ? seen : seen with { Size = context.Size };
    }

    /// <summary>Whether it has the size of off-hours, where they ask for one.</summary>
    private static bool HasSize(OffContext context) => context.Terms is not { Size: { Length: > 0 } size } || Same(context.Size, size);

    /// <summary>Its own size, or where that was refused the next of those that will do; none in a pause after all of them were.</summary>
    private static string? NextSize(OffContext context, OffMemory memory)
    {
        List<string> sizes = [memory.Size, .. (context.Terms?.Alternatives ?? []).Where(size => !Same(size, memory.Size) && !Same(size, memory.LowSize!))];
        return memory.Tries < sizes.Count || IsDue(context.Now, memory) ? sizes[memory.Tries % sizes.Count] : null;
    }

    /// <summary>What was tried in the future was so before the clock was put back, and nobody waits for that.</summary>
    private static bool IsDue(DateTimeOffset now, OffMemory memory) => memory.TriedAt is not { } tried || tried > now || now - tried >= BetweenSizes;

    /// <summary>Whether something was taken away that has not come back.</summary>
    public static bool IsDown(OffMemory? memory) => memory is not null && (memory.IsLowered || memory.DownAt is not null || memory.LowSize is not null);

    private static OffWish.Lower Lower(OffMemory memory) => new(memory.Goal, memory.Edge, memory.ReadyAt);

    private const string Released = "somebody started it in off-hours; left alone until the next edge";

    private static string Back(OffMemory memory) =>
        $"; it comes back as {memory.Instances} of {memory.Size}{(memory.ReadyAt is { } ready ? $" by {ClockText.Of(ready)}" : "")}";

    private static string Why(UseReading use) => use switch
    {
        UseReading.Busy busy => busy.Why,
        UseReading.Unknown unknown => $"whether somebody works on it is not known ({unknown.Why})",
        _ => "",
    };

    private static TimeSpan Whole(TimeSpan span) => TimeSpan.FromMinutes(Math.Max(0, Math.Round(span.TotalMinutes)));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
