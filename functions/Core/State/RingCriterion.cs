namespace ScaleFunctions.Core.State;

/// <summary>One criterion of a ring, and how it stands.</summary>
/// <param name="Name">As it is written in the policy, or what else is asked for.</param>
/// <param name="Found">What there is, for people.</param>
/// <param name="Asked">What is asked for, for people.</param>
/// <param name="IsMet">Whether it is met now.</param>
/// <param name="IsBreach">Whether it halts the rollout where it is not; otherwise there is only to wait for it.</param>
public sealed record RingCriterion(string Name, string Found, string Asked, bool IsMet, bool IsBreach);
