using NodaTime;

namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>Reads names of files of days off.</summary>
internal static class HolidayFields
{
    /// <summary>A file of days off, named from the policy directory or from where the policy is.</summary>
    public static IReadOnlySet<LocalDate>? Holidays(this PolicyField field, PolicyHeader header)
    {
        if (field.Text() is not { } path)
        {
            return null;
        }

        var found = header.Holidays.Where(file => file.Key == path || file.Key.EndsWith($"/{path}", StringComparison.Ordinal)).ToList();
        if (found.Count == 1)
        {
            if (found[0].Value is null)
            {
                field.Fail($"names '{path}', which cannot be read (see {found[0].Key}:1:1)");
            }

            return found[0].Value;
        }

        field.Fail(found.Count == 0
            ? $"names {Quoted.Text(path)}, but there is no such iCalendar file (.ics) among the policies"
                + NearName.Hint(path, header.Holidays.Keys.Select(name => name[(name.LastIndexOf('/', Math.Max(0, name.LastIndexOf('/') - 1)) + 1)..]))
            : $"names '{path}', which may be any of {Quoted.List(found.Select(file => file.Key))}; name more of its path");
        return null;
    }
}
