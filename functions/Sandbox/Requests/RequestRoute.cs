using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Requests;

/// <summary>What a request asks for, and of what.</summary>
internal sealed record RequestRoute(RequestKind Kind)
{
    public static RequestRoute Unexpected { get; } = new(RequestKind.Unexpected);

    public string Subscription { get; init; } = "";

    public string? ResourceGroup { get; init; }

    public string Provider { get; init; } = "";

    /// <summary>Type of what is listed, where an estate declares it.</summary>
    public string Type { get; init; } = "";

    /// <summary>What the listed resources are nested in.</summary>
    public TargetId? Parent { get; init; }

    /// <summary>What a resource is asked to do: <c>start</c>, <c>deallocate</c>, <c>manualUpgrade</c>.</summary>
    public string Action { get; init; } = "";

    /// <summary>Region of an operation or of a metrics host.</summary>
    public string Region { get; init; } = "";

    public string Operation { get; init; } = "";

    /// <summary>Workspace of a log query.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>What a bill or a budget is asked for: id of a subscription, a group or a management group.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Name of a budget or a topic.</summary>
    public string Name { get; init; } = "";

    /// <summary>The resource asked for, or the one an operation runs on.</summary>
    public TargetId? Target { get; init; }

    public bool IsWrite { get; init; }
}
