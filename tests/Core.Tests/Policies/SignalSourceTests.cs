using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Formulas;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies;

/// <summary>Whatever a signal comes from is known wherever signals are told of; who adds a source is led to each place.</summary>
public sealed class SignalSourceTests
{
    private static readonly IReadOnlyList<SignalSource> One =
    [
        Some.Metric("Disk Read Bytes"), new SignalSource.Queue("orders", "new", QueueMeasure.Length), new SignalSource.Query("requests | count", "logs"),
        new SignalSource.Calculated(FormulaParser.Parse("cpu * 2"), "cpu * 2"),
    ];

    public static TheoryData<Type> Sources => [.. typeof(SignalSource).GetNestedTypes()];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Has_a_sample_here(Type source) => Assert.Single(One, each => each.GetType() == source);

    [Fact]
    public void Has_a_word_for_what_people_see() => Assert.Equal(Sources.Count, Enum.GetValues<SignalKind>().Length);

    [Theory]
    [MemberData(nameof(Sources))]
    public void Is_explained_by_more_than_every_signal_is(Type source)
    {
        var common = One.Select(Fields).Aggregate((some, others) => [.. some.Intersect(others)]);

        Assert.NotEmpty(Fields(One.Single(each => each.GetType() == source)).Except(common));
    }

    /// <summary>Recorded load stands for what a resource does itself; anything else says why not.</summary>
    [Theory]
    [MemberData(nameof(Sources))]
    public void Says_why_recorded_load_cannot_stand_for_it(Type source)
    {
        var policy = Some.LoadBased([Some.Tracking(signal: "it")], [Some.Signal(), Signal(One.Single(each => each.GetType() == source))]);
        var replayed = ReplayedSignal.Of(policy, "it").Single(signal => signal.Name == "it");

        Assert.Equal(source != typeof(SignalSource.Metric), replayed.Why.Length > 0);
    }

    private static SignalPolicy Signal(SignalSource source) => Some.Signal("it") with { From = source };

    private static IReadOnlyList<string> Fields(SignalSource source)
    {
        var policies = Some.Policies(loadBased: Some.LoadBased([Some.Tracking(signal: "it")], [Signal(source)]));
        var resolved = new TargetPolicies.Resolved(policies.Workloads[0], policies.HorizontalScaling[0], policies.LoadBasedScaling[0]);
        return [.. EffectivePolicies.Of(resolved).Where(value => value.Path.StartsWith("spec.signals[0].", StringComparison.Ordinal)).Select(value => value.Path)];
    }
}
