namespace ScaleFunctions.Sandbox.Faults;

/// <summary>Handles the request, sends the head and the first bytes of the answer's body, and cuts the connection.</summary>
public sealed record TruncateAnswer(int Bytes) : FaultEffect;
