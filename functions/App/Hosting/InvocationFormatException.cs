namespace ScaleFunctions.App.Hosting;

/// <summary>A call that is not what the host's protocol says. The message never contains the payload: it can hold keys.</summary>
internal sealed class InvocationFormatException : Exception
{
    public InvocationFormatException()
    {
    }

    public InvocationFormatException(string message)
        : base(message)
    {
    }

    public InvocationFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
