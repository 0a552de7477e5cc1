namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What was used in a grain of time: cores of all instances together, or GiB of one instance.</summary>
/// <param name="At">Start of the grain.</param>
/// <param name="Amount">How much; at least 0.</param>
/// <param name="Instances">Instances it was seen on.</param>
public readonly record struct UsageSample(DateTimeOffset At, double Amount, double Instances);
