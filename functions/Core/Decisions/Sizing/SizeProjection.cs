using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>What the busiest samples would be on another size with as many instances, those that are left after a loss carrying it all.</summary>
/// <param name="Cpu">Of the processors, in percent of what an instance has.</param>
/// <param name="Memory">Likewise. It is each instance's own: a loss moves none of it.</param>
public sealed record SizeProjection(double Cpu, double Memory)
{
    /// <summary>Absent when the use, or what one of the sizes has, is not known.</summary>
    public static SizeProjection? Of(SizeContext context, string size)
    {
        if (context.Use(UsedPart.Cpu, context.Policy.Down.Cpu) is not SizeUse.Known cpu || context.Use(UsedPart.Memory, context.Policy.Down.Memory) is not SizeUse.Known memory
            || Offer(context, context.Current) is not { MemoryGiB: { } memoryNow } now || Offer(context, size) is not { MemoryGiB: { } memoryThen } then)
        {
            return null;
        }

        var survivors = context.Loss.Survivors(context.Instances);
        var share = survivors > 0 ? (double)context.Instances / survivors : 1;
        return new SizeProjection(cpu.Highest * share * now.Cores / then.Cores, memory.Highest * memoryNow / memoryThen);
    }

    internal static SizeOffer? Offer(SizeContext context, string size) =>
        context.Offers.TryGetValue(size, out var offer) && offer.Cores > 0 && offer.MemoryGiB > 0 ? offer : null;
}
