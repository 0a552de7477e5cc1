namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>Wants the count that a finding of rightsizing asks for. The days it rests on are its proof that fewer would do.</summary>
public sealed class RightsizedCount : IScalingRule
{
    public IEnumerable<Advice> Advise(ScalingContext context) => context.Wish is { } wish
        ? [new Advice { Desired = wish.Instances, AllowsScaleIn = true, Reason = new ScalingReason.Rightsized(wish.Finding, wish.Why, context.Current, wish.Instances) }]
        : [];
}
