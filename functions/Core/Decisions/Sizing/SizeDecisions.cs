using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>
/// Decides a step on the ladder. Up, by as many rungs as what is short needs, when an instance has been short of processors or memory for a while; down when both have
/// been idle and the busiest moment would fit the smaller size without asking for the bigger one again, the loss that must be
/// survived included. What cannot be read never makes a size smaller.
/// </summary>
/// <example>
/// Down below 30 % of the processors, up above 80 %, from 4 cores to 2; the busiest sample of the day is 34 %: 34 × 4 / 2 = 68,
/// which is not above 80, so 2 cores would do. Of 3 instances one may be lost: 68 × 3 / 2 = 102 is, so they would not.
/// </example>
public static class SizeDecisions
{
    public static SizeDecision Decide(SizeContext context)
    {
        var policy = context.Policy;
        return policy.Sizes.Count == 0 ? Keep(context, new SizeReason.InDoubt($"no sizes of the family {policy.Family} are known where it is"))
            : policy.StepOf(context.Current) is { } step
            ? Up(context, step) ?? Down(context, step)
            : Keep(context, new SizeReason.NotOnLadder(context.Current, policy.Sizes));
    }

    private static SizeDecision? Up(SizeContext context, int step)
    {
        var policy = context.Policy;
        foreach (var (part, threshold) in new[] { (UsedPart.Cpu, policy.Up.Cpu), (UsedPart.Memory, policy.Up.Memory) })
        {
            if (context.Use(part, threshold) is SizeUse.Known known && known.Mean > threshold.Percent)
            {
                var reason = new SizeReason.Scarce(part, known.Mean, threshold.Percent, threshold.For);
                return Relief(context, step, part, known.Mean, threshold.Percent) is { } size
                    ? new SizeDecision(context.Current, size, reason)
                    : Keep(context, new SizeReason.AtTop(reason));
            }
        }

        return null;
    }

    /// <summary>
    /// The first size above in which what is short would not be short any more. Of what nobody knows the next one is tried; where none
    /// brings enough, the one with the most, if that is more than there is.
    /// </summary>
    private static string? Relief(SizeContext context, int step, UsedPart part, double mean, double above)
    {
        var higher = context.Policy.Sizes.Skip(step + 1).ToList();
        if (Offer(context, context.Current) is not { } now || higher.Count == 0 || higher.Exists(size => Offer(context, size) is null))
        {
            return higher.FirstOrDefault();
        }

        var more = higher.Where(size => Amount(Offer(context, size)!) > Amount(now)).ToList();
        return more.Find(size => mean * Amount(now) / Amount(Offer(context, size)!) <= above) ?? more.MaxBy(size => Amount(Offer(context, size)!));

        double Amount(SizeOffer offer) => part == UsedPart.Cpu ? offer.Cores : offer.MemoryGiB ?? 0;
    }

    private static SizeDecision Down(SizeContext context, int step)
    {
        var policy = context.Policy;
        var cpu = context.Use(UsedPart.Cpu, policy.Down.Cpu);
        var memory = context.Use(UsedPart.Memory, policy.Down.Memory);
        return (cpu, memory) switch
        {
            (SizeUse.Known { Usual: var usual }, _) when usual >= policy.Down.Cpu.Percent =>
                Keep(context, new SizeReason.Fits(UsedPart.Cpu, usual, policy.Down.Cpu.Percent, policy.Up.Cpu.Percent)),
            (_, SizeUse.Known { Usual: var usual }) when usual >= policy.Down.Memory.Percent =>
                Keep(context, new SizeReason.Fits(UsedPart.Memory, usual, policy.Down.Memory.Percent, policy.Up.Memory.Percent)),
            (SizeUse.Unknown unknown, _) => Keep(context, new SizeReason.InDoubt(unknown.Why)),
            (_, SizeUse.Unknown unknown) => Keep(context, new SizeReason.InDoubt(unknown.Why)),
            _ when step == 0 => Keep(context, new SizeReason.AtBottom()),
            (SizeUse.Known busy, SizeUse.Known full) => Smaller(context, policy.Sizes[step - 1], busy, full),
            _ => throw new InvalidOperationException("A use is known or unknown"),
        };
    }

    private static SizeDecision Smaller(SizeContext context, string size, SizeUse.Known cpu, SizeUse.Known memory)
    {
        if (Offer(context, context.Current) is null)
        {
            return Keep(context, new SizeReason.InDoubt($"what {context.Current} has is not known"));
        }

        if (SizeProjection.Of(context, size) is not { Cpu: var projectedCpu, Memory: var projectedMemory })
        {
            return Keep(context, new SizeReason.InDoubt($"what {size} has is not known"));
        }

        var policy = context.Policy;
        SizeReason? reason = projectedCpu > policy.Up.Cpu.Percent ? new SizeReason.WouldBeShort(size, UsedPart.Cpu, projectedCpu, policy.Up.Cpu.Percent)
            : projectedMemory > policy.Up.Memory.Percent ? new SizeReason.WouldBeShort(size, UsedPart.Memory, projectedMemory, policy.Up.Memory.Percent)
            : null;
        return reason is not null ? Keep(context, reason) : new SizeDecision(context.Current, size, new SizeReason.Idle(
            cpu.Usual, memory.Usual, projectedCpu, projectedMemory, policy.Down.Cpu.For > policy.Down.Memory.For ? policy.Down.Cpu.For : policy.Down.Memory.For));
    }

    private static SizeOffer? Offer(SizeContext context, string size) => SizeProjection.Offer(context, size);

    private static SizeDecision Keep(SizeContext context, SizeReason reason) => new(context.Current, context.Current, reason);
}
