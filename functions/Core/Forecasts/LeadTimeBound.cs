using ScaleFunctions.Core.Forecasts.Bounds;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>How far the maximum of the load over some steps went beyond the maximum of its forecast.</summary>
/// <param name="Steps">The steps, from the next one on: boot time and metric delay.</param>
/// <param name="Errors">Maximum of the actuals − maximum of the forecast.</param>
public sealed record LeadTimeBound(int Steps, ScoreTable Errors);
