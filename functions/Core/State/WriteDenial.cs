namespace ScaleFunctions.Core.State;

/// <summary>That Azure forbids the same write on targets of a subscription: a role that is missing, a lock, a policy.</summary>
public sealed record WriteDenial
{
    public required string Subscription { get; init; }

    /// <summary>The type of what is written: the action that is missing is one on it.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Azure's code: <c>AuthorizationFailed</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What Azure said to the first of them, shortened.</summary>
    public required string Message { get; init; }

    /// <summary>Targets that were refused when it was last looked at.</summary>
    public required int Targets { get; init; }

    /// <summary>The first ones, for people.</summary>
    public string Examples { get; init; } = "";

    /// <summary>When it was told.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What a person is told, once.</summary>
    public string Text =>
        $"Azure forbids our writes of {ResourceType} in {Subscription} ({Code}) on {(Targets == 1 ? "1 target" : $"{Targets} targets")}: {Examples}. To the first it said: {Message}. Somebody has to mend that; each is tried again ever more rarely, or when policies, tags or rights change";

    internal bool IsSame(WriteDenial other) => Is(Subscription, other.Subscription) && Is(ResourceType, other.ResourceType) && Is(Code, other.Code);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
