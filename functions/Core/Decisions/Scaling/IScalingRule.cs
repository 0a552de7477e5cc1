namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>A way to tell from signals how many instances are wanted.</summary>
public interface IScalingRule
{
    /// <summary>One advice for each part of the policy the rule is responsible for.</summary>
    IEnumerable<Advice> Advise(ScalingContext context);
}
