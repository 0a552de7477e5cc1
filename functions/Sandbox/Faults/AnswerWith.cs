namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Answers with this status. Without a body an error status carries Azure's error shape with <paramref name="Code"/>.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Error code.</param>
/// <param name="Body">Exact body.</param>
/// <param name="Headers">Further headers.</param>
/// <param name="Lands">Whether the request is handled all the same and only its answer replaced.</param>
public sealed record AnswerWith(
    int Status, string? Code = null, string? Body = null, IReadOnlyDictionary<string, string>? Headers = null, bool Lands = false)
    : FaultEffect;
