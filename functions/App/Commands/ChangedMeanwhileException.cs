namespace ScaleFunctions.App.Commands;

/// <summary>What was named is not what there is by now, so nothing was done; the message says what there is.</summary>
internal sealed class ChangedMeanwhileException : UserErrorException
{
    public ChangedMeanwhileException()
    {
    }

    public ChangedMeanwhileException(string message)
        : base(message)
    {
    }

    public ChangedMeanwhileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
