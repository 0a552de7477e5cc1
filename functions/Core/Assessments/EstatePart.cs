namespace ScaleFunctions.Core.Assessments;

/// <summary>How many resources of a kind there are in a subscription.</summary>
/// <param name="Subscription">Its id.</param>
/// <param name="ResourceType">The kind.</param>
/// <param name="Count">All of them.</param>
/// <param name="Ours">Those that nobody else scales.</param>
public sealed record EstatePart(string Subscription, string ResourceType, int Count, int Ours);
