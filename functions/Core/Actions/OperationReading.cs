namespace ScaleFunctions.Core.Actions;

/// <summary>The state of a long-running Azure operation. Only Succeeded, Failed and Canceled are terminal.</summary>
public abstract record OperationReading
{
    private OperationReading()
    {
    }

    public sealed record Running : OperationReading;

    public sealed record Succeeded : OperationReading;

    /// <summary>Failed or Canceled.</summary>
    public sealed record Failed(FailureClass Class, string Code, string Message) : OperationReading;

    /// <summary>The status could not be read, or says nothing we know.</summary>
    public sealed record Unreadable(string Reason) : OperationReading;
}
