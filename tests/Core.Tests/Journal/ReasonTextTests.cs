using System.Reflection;
using System.Runtime.CompilerServices;
using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.Core.Tests.Journal;

/// <summary>A case that has no words would end the turn of a target the first time it is told.</summary>
public sealed class ReasonTextTests
{
    public static TheoryData<Type> Cases => [.. Texts().SelectMany(text => text.Value.GetNestedTypes()
        .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(text.Value)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_case_has_words(Type type)
    {
        var text = Texts().First(each => type.IsAssignableTo(each.Value)).Key;

        // An empty one has no values to put into words; whether there are words for its case is all that is asked.
        var thrown = (Record.Exception(() => text.Invoke(null, [Empty(type)])) as TargetInvocationException)?.InnerException;
        Assert.IsNotType<ArgumentOutOfRangeException>(thrown);
        Assert.IsNotType<SwitchExpressionException>(thrown);
    }

    [Fact]
    public void A_case_without_words_would_be_noticed()
    {
        var text = typeof(ReasonText).GetMethod(nameof(ReasonText.Of), [typeof(Core.Plans.GuardReason)])!;
        Assert.IsType<ArgumentOutOfRangeException>(Assert.Throws<TargetInvocationException>(() => text.Invoke(null, [null])).InnerException);
        Assert.True(Cases.Count > 60);
    }

    /// <summary>Without values, but that a reason that is around another one is around some other.</summary>
    private static object Empty(Type type)
    {
        var empty = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in Inner(type))
        {
            field.SetValue(empty, Empty(field.FieldType.GetNestedTypes().First(each => !each.IsAbstract && each.IsAssignableTo(field.FieldType) && !Inner(each).Any())));
        }

        return empty;
    }

    private static IEnumerable<FieldInfo> Inner(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
        .Where(field => Texts().Any(text => text.Value == field.FieldType));

    /// <summary>What puts the cases of a reason into words, and the reason.</summary>
    private static IEnumerable<KeyValuePair<MethodInfo, Type>> Texts() => typeof(ReasonText).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.Name == nameof(ReasonText.Of) && method.GetParameters() is [{ ParameterType.IsAbstract: true }])
        .Select(method => KeyValuePair.Create(method, method.GetParameters()[0].ParameterType));
}
