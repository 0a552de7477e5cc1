using ScaleFunctions.Core.Autoscale;

namespace ScaleFunctions.Core.Assessments;

/// <summary>A setting of Azure's own autoscale, and what is to be said of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Subscription">Where it is.</param>
/// <param name="Target">Id of what it scales; empty when that cannot be read.</param>
/// <param name="Predictive">Its predictive part.</param>
/// <param name="Findings">What is probably not meant.</param>
public sealed record AssessedSetting(string Name, string Subscription, string Target, PredictiveScaleMode Predictive, IReadOnlyList<AutoscaleFinding> Findings);
