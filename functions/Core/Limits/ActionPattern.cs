namespace ScaleFunctions.Core.Limits;

/// <summary>Compares an action with a pattern of Azure's roles: without regard to case, <c>*</c> stands for anything, slashes included.</summary>
public static class ActionPattern
{
    public static bool Fits(string pattern, string action)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return string.Equals(pattern, action, StringComparison.OrdinalIgnoreCase);
        }

        if (action.Length < parts[0].Length + parts[^1].Length
            || !action.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase) || !action.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var (at, end) = (parts[0].Length, action.Length - parts[^1].Length);
        foreach (var part in parts[1..^1])
        {
            var found = action.IndexOf(part, at, end - at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return true;
    }
}
