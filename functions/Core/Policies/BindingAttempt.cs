namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Binds one document so that a bug here costs that document and no other. It counts as broken, and where it may have held
/// others back they are held.
/// </summary>
internal static class BindingAttempt
{
    public static PolicyDocument? Run(ParsedDocument document, Func<PolicyDocument?> bind)
    {
        try
        {
            return bind();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            document.Errors.Add(
                document.Root, $"this document cannot be read because of a bug in the program; please report it ({exception.GetType().Name}: {Quoted.Text(exception.Message)})");
            if (BoundsDoubt.MayBound(document.Kind))
            {
                document.Errors.LoseBounds();
            }

            return null;
        }
    }
}
