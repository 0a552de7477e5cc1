using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Which lowerings may be carried out in this evaluation. Raises need no permit.</summary>
public abstract record LoweringPermits
{
    private LoweringPermits()
    {
    }

    /// <summary>Why a lowering of this target has to wait; nothing when it may be carried out.</summary>
    public abstract string? WhyNot(TargetId target);

    /// <summary>Why a lowering as it is decided on now has to wait; nothing when it may be carried out.</summary>
    public virtual string? WhyNot(LoweringProposal proposal) => WhyNot(proposal.Target);

    /// <summary>Whether something was proposed for a target, or may be carried out at any time, so that it is looked at now.</summary>
    public abstract bool Concerns(TargetId target);

    /// <summary>A single evaluation of everything, asked for by a person: there is no tick to wait for.</summary>
    public sealed record All : LoweringPermits
    {
        public override string? WhyNot(TargetId target) => null;

        public override bool Concerns(TargetId target) => true;
    }

    /// <summary>What the last tick proposed and this one has judged.</summary>
    /// <param name="Verdicts">By target key: why not, or an empty text for "may be carried out".</param>
    public sealed record Judged(IReadOnlyDictionary<string, string> Verdicts) : LoweringPermits
    {
        private const string Unjudged = "proposed; lowerings are carried out together, with the next tick";

        public override string? WhyNot(TargetId target) =>
            !Verdicts.TryGetValue(target.Key, out var why) ? Unjudged : why.Length == 0 ? null : why;

        /// <summary>By target key: no fewer instances than these, where that is what a person has approved.</summary>
        public IReadOnlyDictionary<string, int> Floors { get; init; } = new Dictionary<string, int>();

        /// <summary>By target key: no fewer instances than these, where the lowering was judged as an unexpected one.</summary>
        public IReadOnlyDictionary<string, int> Surprises { get; init; } = new Dictionary<string, int>();

        public override string? WhyNot(LoweringProposal proposal) => WhyNot(proposal.Target)
            ?? (Floors.TryGetValue(proposal.Target.Key, out var floor)
                ? proposal.Goal < floor ? $"no fewer than {floor} instances were approved; proposed anew" : null
                : proposal.IsExpected || (Surprises.TryGetValue(proposal.Target.Key, out var least) && proposal.Goal >= least)
                    ? null
                    : "it goes further than what was judged, and unexpectedly; proposed anew");

        public override bool Concerns(TargetId target) => Verdicts.ContainsKey(target.Key);
    }
}
