using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>Sorts what the simulated Azure was asked.</summary>
internal static class RequestClasses
{
    public static RequestClass Of(string method, RequestKind kind) => (method, kind) switch
    {
        (_, RequestKind.Metrics or RequestKind.MetricsBatch) => RequestClass.Metrics,
        (_, RequestKind.Prices or RequestKind.LogQuery) => RequestClass.Other,
        ("GET", _) or (_, RequestKind.ResourceGraph or RequestKind.PermissionList) => RequestClass.Read,
        _ => RequestClass.Write,
    };
}
