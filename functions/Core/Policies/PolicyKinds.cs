namespace ScaleFunctions.Core.Policies;

/// <summary>The kinds of policy documents. A new kind is a binding of its own and one line here.</summary>
internal static class PolicyKinds
{
    /// <summary>Reads a <c>spec</c>; null, or anything at all, when it added errors.</summary>
    internal delegate object? Binding(PolicyHeader header, PolicyField spec);

    public static readonly IReadOnlyDictionary<string, Binding> Supported = new Dictionary<string, Binding>(StringComparer.Ordinal)
    {
        [WorkloadBinding.Kind] = WorkloadBinding.Bind,
        [HorizontalScalingBinding.Kind] = HorizontalScalingBinding.Bind,
        [LoadBasedScalingBinding.Kind] = LoadBasedScalingBinding.Bind,
        [PredictiveScalingBinding.Kind] = PredictiveScalingBinding.Bind,
        [VerticalScalingBinding.Kind] = VerticalScalingBinding.Bind,
        [ResourceRightsizingBinding.Kind] = ResourceRightsizingBinding.Bind,
        [UsageOptimizationBinding.Kind] = UsageOptimizationBinding.Bind,
        [CostMonitoringBinding.Kind] = CostMonitoringBinding.Bind,
        [BudgetAlertsBinding.Kind] = BudgetAlertsBinding.Bind,
        [AlertChannelsBinding.Kind] = AlertChannelsBinding.Bind,
        [GuardrailsBinding.Kind] = GuardrailsBinding.Bind,
        [ChangeCalendarBinding.Kind] = ChangeCalendarBinding.Bind,
        [ResourceKindBinding.Kind] = ResourceKindBinding.Bind,
        [PolicyTestBinding.Kind] = PolicyTestBinding.Bind,
    };

    /// <summary>Kinds that hold others back: without them more would happen, so that a broken one must not simply be left out.</summary>
    public static readonly IReadOnlyList<string> Bounding = [GuardrailsBinding.Kind, ChangeCalendarBinding.Kind];
}
